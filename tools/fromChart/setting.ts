import { providers } from "../../components/auth/settings";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { existingSecrets } from "../../components/secrets/existing";
import { type SecretKeyName, secretKeys } from "../../components/secrets/settings";
import { type Change, isRecord, type Reference } from "./row";
import type { Variable } from "./variables";

type Schema = Readonly<Record<string, unknown>>;

/** The secrets of a provider, each with the setting that refers to an existing Secret. */
type Uses = Readonly<Record<string, { readonly reference?: readonly [setting: string, ...unknown[]] } | undefined>>;

/** Secret keys that can be in an existing Secret, each with the setting that refers to it. */
const REFERENCES: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
        Object.values(providers).flatMap(({ secrets }) =>
            Object.entries<Uses[string]>(secrets ?? {}).flatMap(([name, use]) =>
                use?.reference === undefined ? [] : [[name, use.reference[0]]],
            ),
        ),
    ),
    ...Object.fromEntries(Object.keys(existingSecrets.shape).map((name) => [name, `existingSecrets.${name}`])),
    databasePassword: "database.passwordSecret",
    databaseUrl: "database.urlSecret",
    elasticsearchApiKey: "elasticsearch.apiKeySecret",
    elasticsearchPassword: "elasticsearch.passwordSecret",
    redisPassword: "redis.passwordSecret",
};

/** The changes for a variable with the same value as a setting. */
export function settingChanges({ content, from }: Variable, path: string): readonly Change[] {
    if (isSecretSetting(path)) {
        const setting = REFERENCES[path];
        if ("value" in content) {
            const fault = secretKeys[path].message(content.value);
            return content.value === ""
                ? [{ value: from, because: `It is empty, and keep:${path} must not be empty.` }]
                : fault === undefined
                  ? [{ secret: path, value: content.value, from }]
                  : [{ value: from, because: `As keep:${path}, it ${fault}.` }];
        }
        if (!("secret" in content.reference)) {
            return [{ value: from, because: `keep:${path} can only be read from a Secret.` }];
        }
        const { secret } = content.reference;
        return [setting === undefined ? { secret: path, value: secret, from } : { set: setting, value: secret, from }];
    }
    const parse = parserOf(path);
    if (parse === undefined) {
        return [{ value: from, because: `keep:${path} sets it.` }];
    }
    if ("reference" in content) {
        const setting = `${path}Secret`;
        if ("secret" in content.reference && schemasAt(setting).length > 0) {
            return [{ set: setting, value: content.reference.secret, from }];
        }
        return [
            { value: from, because: `keep:${path} cannot be a reference. Set it to ${described(content.reference)}.` },
        ];
    }
    return content.value === ""
        ? [{ value: from, because: `It is empty: keep:${path} keeps its default.` }]
        : [{ set: path, value: parse(content.value), from }];
}

function described(reference: Reference): string {
    if ("field" in reference) {
        return `the pod's ${reference.field}`;
    }
    const [kind, { name, key }] =
        "secret" in reference ? ["Secret", reference.secret] : ["ConfigMap", reference.configMap];
    return `the value of the key ${key} in the ${kind} ${name}`;
}

/** The change for a variable that other settings set. */
export function decided({ from }: Variable, owner: string): readonly Change[] {
    return [{ value: from, because: `Set by ${owner}.` }];
}

/** Whether a path is that of a secret setting. */
function isSecretSetting(path: string): path is SecretKeyName {
    return Object.hasOwn(secretKeys, path);
}

/**
 * A function that parses a variable's text as the value of a setting; undefined if the setting is an object or unknown.
 */
function parserOf(path: string): ((text: string) => unknown) | undefined {
    const types = new Set(schemasAt(path).map(({ type }) => type));
    if (types.has("array")) {
        return (text) => text.split(",").flatMap((part) => part.trim() || []);
    }
    if (types.has("boolean")) {
        return (text) => (isYes(text) ? true : isNo(text) ? false : text);
    }
    if (types.has("integer") || types.has("number")) {
        return (text) => (/^[0-9]+$/.test(text) ? Number(text) : text);
    }
    return types.has("string") ? (text) => text : undefined;
}

/** A value of the chart for a setting: a number that the values contain as text, which Helm renders alike, as a number. */
export function asNumber(path: string, value: unknown): unknown {
    const isDigits = typeof value === "string" && /^[0-9]+$/.test(value);
    return isDigits && !schemasAt(path).some(({ type }) => type === "string")
        ? (parserOf(path)?.(value) ?? value)
        : value;
}

/** Whether Keep reads a text as true, also with Starlette (starlette/config.py). */
export function isYes(text: string): boolean {
    return ["1", "true"].includes(text.toLowerCase());
}

function isNo(text: string): boolean {
    return ["0", "false"].includes(text.toLowerCase());
}

/** The schemas of a path in all kinds that have it. */
function schemasAt(path: string): Schema[] {
    return path
        .split(".")
        .reduce<Schema[]>(
            (schemas, step) =>
                schemas
                    .flatMap((schema) => branches(schema))
                    .flatMap(({ properties }) => {
                        const inner = isRecord(properties) ? properties[step] : undefined;
                        return isRecord(inner) ? [inner] : [];
                    }),
            [stackJsonSchema() as Schema],
        )
        .flatMap((schema) => branches(schema));
}

function branches(schema: Schema): Schema[] {
    const inner = schema.oneOf ?? schema.anyOf;
    return Array.isArray(inner) ? (inner as unknown[]).filter(isRecord).flatMap(branches) : [schema];
}
