import type * as z from "zod";

import { isInput, jsonSchemaOf } from "../components/settings/knownKeys";
import { stackSchema } from "../components/settings/schema";
import { envTiers, secretKeys } from "../components/secrets/settings";
import { kindOf, mergedKinds } from "./merged";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A type as Pulumi's package schema writes it (https://www.pulumi.com/docs/iac/extending-pulumi/schema/). */
interface TypeSpec {
    readonly type?: string;
    readonly $ref?: string;
    readonly items?: TypeSpec;
    readonly additionalProperties?: TypeSpec;
    readonly oneOf?: readonly TypeSpec[];
    /** Accepts only plain values, because it decides which objects exist. */
    readonly plain?: true;
}

interface PropertySpec extends TypeSpec {
    readonly description?: string;
    readonly const?: unknown;
    readonly secret?: true;
}

interface ObjectSpec {
    readonly type: "object";
    readonly description?: string;
    readonly properties: Readonly<Record<string, PropertySpec>>;
    readonly required: readonly string[];
}

type Types = Record<string, ObjectSpec>;

/** Name of the package: the first part of the type token, which must never change. */
export const PACKAGE = "keep";
/** Type token of the component. */
export const KEEP = `${PACKAGE}:index:Keep`;

/** Import path of the generated package in Go programs. */
const GO_PACKAGE = "github.com/keep-on-pulumi/keep-on-pulumi/sdk/go/keep";

const ANY = { $ref: "pulumi.json#/Any", plain: true } as const;

/**
 * Schema of the package for other languages, generated from the schema that validates the arguments. An object with several kinds has the
 * fields of all kinds.
 */
export function packageSchema(version: string): object {
    const types: Types = {};
    const settings = jsonSchemaOf(stackSchema, true);
    const inputs = properties(settings, "", types);
    const outputs = {
        urls: ref("Urls", { description: "Every public address." }),
        namespace: { type: "string", description: "Namespace of the pods." },
        // Its value is secret by itself. With `secret` here, the class that Pulumi generates for Java does not compile: it calls
        // additionalSecretOutputs, which the options of components lack (pulumi-java 1.34.0, pkg/codegen/java/gen.go).
        firstUser: ref("FirstUser", {
            description: "First user and generated password; absent when an identity provider signs people in.",
        }),
    };
    return {
        name: PACKAGE,
        // Without one, Pulumi takes the owner of the repository that the package is added from, and no namespace for a folder: the
        // module in Python would have another name for each (`setSpecNamespace` of pulumi/pkg/cmd/pulumi/packages). This is its default.
        namespace: "pulumi",
        version,
        description: "Keep, the open-source alert management product, on Kubernetes",
        language: {
            ...Object.fromEntries(
                ["nodejs", "python", "csharp", "java"].map((language) => [language, { respectSchemaVersion: true }]),
            ),
            go: { respectSchemaVersion: true, importBasePath: GO_PACKAGE },
        },
        types: { ...qualified(types), ...qualified(OUTPUT_TYPES) },
        resources: {
            [KEEP]: {
                isComponent: true,
                type: "object",
                description:
                    "A whole Keep. Secrets, and settings that do not decide which resources there are, may be outputs of other resources.",
                inputProperties: { ...inputs, ...secretInputs() },
                requiredInputs: settings.required ?? [],
                properties: outputs,
                required: ["urls", "namespace"],
            },
        },
    };
}

const text = (description: string): PropertySpec => ({ type: "string", description });

const OUTPUT_TYPES: Types = {
    Urls: {
        type: "object",
        properties: {
            frontend: text("Where people open Keep."),
            backend: text("Where monitoring tools send alerts (Keep's API)."),
            websocket: text("Where browsers listen for live updates; absent when there are none."),
        },
        required: ["frontend", "backend"],
    },
    FirstUser: {
        type: "object",
        properties: {
            username: text("Name to sign in with."),
            password: text("Password when Keep created its database; absent where an existing Secret holds it."),
            secret: text("Kubernetes Secret with the password, as namespace/name."),
            key: text("Key in that Secret."),
        },
        required: ["username", "secret", "key"],
    },
};

function secretInputs(): Record<string, PropertySpec> {
    const texts = Object.entries(secretKeys).map(([key, { description }]): [string, PropertySpec] => [
        key,
        { type: "string", secret: true, description },
    ]);
    return {
        ...Object.fromEntries(texts),
        // Not secret as a whole, because its names must be known; the program marks each value.
        secretEnv: {
            type: "object",
            additionalProperties: { type: "object", additionalProperties: { type: "string" } },
            description: `Additional environment variables with secret values, by tier (${envTiers.join(", ")}) and name.`,
        },
    };
}

function qualified(types: Types): Types {
    return Object.fromEntries(Object.entries(types).map(([name, spec]) => [`${PACKAGE}:index:${name}`, spec]));
}

function ref(name: string, more: PropertySpec = {}): PropertySpec {
    return { $ref: `#/types/${PACKAGE}:index:${name}`, ...more };
}

function properties(schema: JsonSchema, path: string, types: Types): Record<string, PropertySpec> {
    return Object.fromEntries(
        Object.entries(schema.properties ?? {})
            .filter((entry): entry is [string, JsonSchema] => typeof entry[1] === "object")
            .map(([key, inner]) => [key, property(inner, `${path}${capital(key)}`, types)]),
    );
}

function property(schema: JsonSchema, path: string, types: Types): PropertySpec {
    const { description, const: constant } = schema;
    return {
        ...typeOf(schema, path, types),
        ...(description === undefined ? {} : { description }),
        ...(constant === undefined ? {} : { const: constant }),
    };
}

/** The type of a setting. The path of an object is its name, such as `DatabasePostgresVolume`. */
function typeOf(schema: JsonSchema, path: string, types: Types): TypeSpec {
    const branches = (schema.oneOf ?? schema.anyOf)?.filter((branch) => typeof branch === "object");
    if (branches !== undefined) {
        return union(branches, path, types);
    }
    if (schema.type === "array" && typeof schema.items === "object" && !Array.isArray(schema.items)) {
        return { type: "array", items: typeOf(schema.items, `${path}Item`, types), plain: true };
    }
    if (schema.type === "object" && schema.properties !== undefined) {
        const { description, required = [] } = schema;
        types[path] = {
            type: "object",
            ...(description === undefined ? {} : { description }),
            properties: properties(schema, path, types),
            required,
        };
        return ref(path, { plain: true });
    }
    if (schema.type === "object") {
        const values = schema.additionalProperties;
        const inner = typeof values === "object" ? typeOf(values, `${path}Value`, types) : ANY;
        return { type: "object", additionalProperties: inner, plain: true };
    }
    // Where text may also be written as a number, as in YAML, it is text here.
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    return type === undefined ? ANY : { type, ...(isInput(schema) ? {} : { plain: true as const }) };
}

/** A union of kinds becomes one object; any other, such as the value of a variable, remains a union. */
function union(branches: readonly JsonSchema[], path: string, types: Types): TypeSpec {
    return branches.every((branch) => kindOf(branch) !== undefined)
        ? typeOf(mergedKinds(branches), path, types)
        : { oneOf: branches.map((branch, index) => typeOf(branch, `${path}${index + 1}`, types)), plain: true };
}

function capital(key: string): string {
    return key.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_whole, _gap, letter: string) => letter.toUpperCase());
}
