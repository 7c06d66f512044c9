import { stackJsonSchema } from "../../components/settings/knownKeys";
import { secretKeys } from "../../components/secrets/settings";
import { projectVersion } from "../projectVersion";
import { withDefinitions } from "./definitions";
import { examples } from "./examples";
import { type JsonSchema, propertiesOf } from "./settings";

const REPOSITORY = "https://github.com/keep-on-pulumi/keep-on-pulumi";

/** Keys of a stack file other than `config`, which Pulumi reads and writes. */
const PULUMI_KEYS: Readonly<Record<string, JsonSchema>> = {
    environment: { description: "Pulumi ESC environments whose values are merged with this file." },
    secretsprovider: { type: "string", description: "Provider that encrypts the secrets in this file." },
    encryptedkey: {
        type: "string",
        description: "Written by Pulumi: key that encrypts the secrets, itself encrypted.",
    },
    encryptionsalt: { type: "string", description: "Written by Pulumi: salt of the passphrase." },
};

/** JSON schema of Pulumi.<stack>.yaml, for editors. It uses draft 7, which all editors support. */
export function stackFileSchema(): JsonSchema {
    return withDefinitions(wholeSchema());
}

/** Path of the schema's file, relative to the repository. */
export const SCHEMA_FILE = "docs/stack.schema.json";

/** Content of that file. */
export function schemaText(): string {
    return `${JSON.stringify(stackFileSchema(), null, 2)}\n`;
}

function wholeSchema(): JsonSchema {
    const version = projectVersion();
    const settings = Object.entries(propertiesOf(stackJsonSchema())).map(
        ([key, schema]) => [key, withExample(key, setting(schema), version)] as const,
    );
    const secrets = Object.entries(secretKeys).map(
        ([key, { description }]) => [key, secret(key, description)] as const,
    );
    const properties = Object.fromEntries([...settings, ...secrets].map(([key, schema]) => [`keep:${key}`, schema]));
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        // The asset of the GitHub release.
        $id: `${REPOSITORY}/releases/download/v${version}/stack.schema.json`,
        title: "Stack file of Keep on Pulumi",
        type: "object",
        properties: {
            config: {
                type: "object",
                description: "Settings of Keep (keep:…) and of providers (kubernetes:…, pulumi:…).",
                properties,
                defaultSnippets: snippets(),
                patternProperties: { "^(?!keep:)[^:]+:.+$": true },
                additionalProperties: false,
            },
            ...PULUMI_KEYS,
        },
        additionalProperties: false,
        // An ESC environment may have the required keys.
        if: { not: { required: ["environment"] } },
        then: { required: ["config"], properties: { config: { required: ["keep:publicUrl"] } } },
    };
}

/** Adds an example, and a link to the documentation that editors show. */
function withExample(key: string, schema: JsonSchema, version: string): JsonSchema {
    const page = `${REPOSITORY}/blob/v${version}/docs/configuration.md#keep${key.toLowerCase()}`;
    const { description = "" } = schema;
    return {
        ...schema,
        markdownDescription: `${description}\n\n[Documentation of \`keep:${key}\`](${page})`,
        examples: [examples[key]?.[`keep:${key}`]],
    };
}

/**
 * The examples as snippets of yaml-language-server, each with the keys that it requires
 * (https://github.com/redhat-developer/yaml-language-server).
 */
function snippets(): object[] {
    return Object.entries(examples).map(([key, body]) => ({ label: `keep:${key}`, description: "Example", body }));
}

/**
 * Allows "true" and "false", because `pulumi config set` without --path writes all values as strings, and the program
 * accepts these.
 */
function setting(schema: JsonSchema): JsonSchema {
    const { type, description, ...others } = schema;
    return type === "boolean" ? { ...others, description, enum: [true, false, "true", "false"] } : schema;
}

function secret(key: string, description: string): JsonSchema {
    return {
        description: `${description} Set it with: pulumi config set --secret keep:${key}`,
        type: "object",
        properties: { secure: { type: "string" } },
        required: ["secure"],
        additionalProperties: false,
    };
}
