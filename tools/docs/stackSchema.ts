import { stackJsonSchema } from "../../components/settings/knownKeys";
import { secretKeys } from "../../components/secrets/settings";
import { type JsonSchema, propertiesOf } from "./settings";

/** What Pulumi itself writes into a stack file, beside `config`. */
const PULUMI_KEYS: Readonly<Record<string, JsonSchema>> = {
    environment: { description: "Pulumi ESC environments whose values join this file's." },
    secretsprovider: { type: "string", description: "What encrypts the secrets of this file." },
    encryptedkey: {
        type: "string",
        description: "Written by Pulumi: key that encrypts the secrets, itself encrypted.",
    },
    encryptionsalt: { type: "string", description: "Written by Pulumi: salt of the passphrase." },
};

/** docs/stack.schema.json: a whole Pulumi.<stack>.yaml, for editors. Draft 7, the one that all of them know. */
export function stackFileSchema(): JsonSchema {
    const settings = Object.entries(propertiesOf(stackJsonSchema())).map(
        ([key, schema]) => [key, setting(schema)] as const,
    );
    const secrets = Object.entries(secretKeys).map(
        ([key, { description }]) => [key, secret(key, description)] as const,
    );
    const properties = Object.fromEntries([...settings, ...secrets].map(([key, schema]) => [`keep:${key}`, schema]));
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Stack file of Keep on Pulumi",
        type: "object",
        properties: {
            config: {
                type: "object",
                description: "Settings of Keep (keep:…) and of providers (kubernetes:…, pulumi:…).",
                properties,
                patternProperties: { "^(?!keep:)[^:]+:.+$": true },
                additionalProperties: false,
            },
            ...PULUMI_KEYS,
        },
        additionalProperties: false,
        // An environment may bring what the file itself lacks.
        if: { not: { required: ["environment"] } },
        then: { required: ["config"], properties: { config: { required: ["keep:publicUrl"] } } },
    };
}

/** `pulumi config set` without --path writes every value as text, which the program reads all the same. */
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
