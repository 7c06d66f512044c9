import type * as z from "zod";

import type { Issue } from "../../components/fields/issue";
import { type SecretKeyName, secretKeys } from "../../components/secrets/settings";
import { type KeepArgs, readArguments } from "../../components/settings/arguments";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { check } from "../../components/settings/resolve";
import { kubernetesObjectFor } from "./kubernetesObjects";
import { type Random, randomFrom } from "./random";
import { KUBERNETES_OBJECTS } from "./sampleObjects";
import { NAMES, QUANTITIES, TEXTS } from "./sampleValues";

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Settings = Record<string, unknown>;

/** How often a configuration is changed after what is said against it, before it is given up. */
const MOST_REPAIRS = 25;

/** Keys that decide most about what is made. */
const MAIN = ["auth", "backend", "database", "ingress", "redis"];

/** Deep enough for every setting: below that, only what an object must have. */
const MOST_LEVELS = 6;

/** Secret keys whose value is one text. */
type SecretTextName = Exclude<SecretKeyName, "secretEnv">;

/**
 * A configuration that the program accepts, with random values of the schema in random settings. What is said against the first draft
 * is removed, or added where a secret is missing.
 * @param seed decides it whole: the same seed gives the same configuration
 */
export function randomConfiguration(seed: number): KeepArgs {
    for (let attempt = seed; ; attempt += 1_000_003) {
        const random = randomFrom(attempt);
        const configuration = repaired(draft(random), random);
        if (configuration !== undefined) {
            return configuration;
        }
    }
}

/** The same of the settings alone that are passed through to Kubernetes, all of them. */
export function randomObjects(seed: number): KeepArgs {
    for (let attempt = seed; ; attempt += 1_000_003) {
        const random = randomFrom(attempt);
        const several = (name: string) => [kubernetesObjectFor(name, random)];
        const tier = (): Settings => ({
            tolerations: several("tolerations"),
            affinity: kubernetesObjectFor("affinity", random),
            dnsConfig: kubernetesObjectFor("dnsConfig", random),
            hostAliases: several("hostAliases"),
            volumes: several("volumes"),
            volumeMounts: several("volumeMounts"),
            initContainers: several("initContainers"),
            sidecars: several("sidecars"),
            topologySpread: several("topologySpread"),
            autoscaling: { max: 3, behavior: kubernetesObjectFor("behavior", random) },
        });
        const configuration = repaired(
            {
                publicUrl: "http://keep.example.com",
                namespace: { podSecurity: "none" },
                database: {
                    kind: "postgres",
                    volume: { persistentVolume: kubernetesObjectFor("persistentVolume", random) },
                },
                backend: tier(),
                frontend: tier(),
            },
            random,
        );
        if (configuration !== undefined) {
            return configuration;
        }
    }
}

/** Some settings, each with a value that the schema describes. */
function draft(random: Random): Settings {
    const { properties = {} } = stackSchema();
    const names = Object.keys(properties).filter((name) => name !== "publicUrl");
    const chosen = names.filter((name) => random.number() < (MAIN.includes(name) ? 0.5 : 0.2));
    const url = random.pick(["http://keep.example.com", "https://keep.example.com", "https://keep.example.com:8443"]);
    return {
        publicUrl: url,
        ...Object.fromEntries(chosen.map((name) => [name, valueOf(properties[name] as JsonSchema, name, random, 1)])),
    };
}

let known: JsonSchema | undefined;

function stackSchema(): JsonSchema {
    return (known ??= stackJsonSchema());
}

/** A value that a JSON schema describes, in the setting `name`. */
function valueOf(schema: JsonSchema, name: string, random: Random, level: number): unknown {
    const branches = (schema.oneOf ?? schema.anyOf) as readonly JsonSchema[] | undefined;
    if (branches !== undefined) {
        return valueOf(random.pick(branches), name, random, level);
    }
    if (schema.const !== undefined) {
        return schema.const;
    }
    if (schema.enum !== undefined) {
        return random.pick(schema.enum);
    }
    if (schema.title === "quantity") {
        return random.pick(QUANTITIES);
    }
    switch (Array.isArray(schema.type) ? random.pick(schema.type) : schema.type) {
        case "boolean":
            return random.number() < 0.5;
        case "number":
        case "integer":
            return numberOf(schema, random);
        case "array":
            return listOf(schema.items as JsonSchema, name, random, level);
        case "object":
            return objectOf(schema, name, random, level);
        default:
            return textOf(schema, random);
    }
}

/** What is passed through to Kubernetes is there once at most: two of a name are the user's own. */
function listOf(items: JsonSchema, name: string, random: Random, level: number): unknown[] {
    const length = Object.hasOwn(KUBERNETES_OBJECTS, name) ? random.pick([0, 1]) : random.pick([0, 1, 1, 2, 3]);
    return Array.from({ length }, () => valueOf(items, name, random, level + 1));
}

function numberOf({ minimum = 0, maximum = 1000 }: JsonSchema, random: Random): number {
    const usual = [minimum + 1, minimum + 2, minimum + 10, 300].filter((value) => minimum <= value && value <= maximum);
    return random.number() < 0.3 ? random.pick([minimum, maximum]) : random.pick([minimum, ...usual]);
}

function textOf({ pattern, maxLength = Number.POSITIVE_INFINITY, minLength = 0 }: JsonSchema, random: Random): string {
    const form = new RegExp(pattern ?? "");
    const fitting = TEXTS.filter((text) => form.test(text) && minLength <= text.length && text.length <= maxLength);
    return random.pick(fitting);
}

function objectOf(
    { properties = {}, required = [], additionalProperties }: JsonSchema,
    name: string,
    random: Random,
    level: number,
): object {
    if (Object.hasOwn(KUBERNETES_OBJECTS, name) && Object.keys(properties).length === 0) {
        return kubernetesObjectFor(name, random);
    }
    const share = level < MOST_LEVELS ? 0.3 : 0;
    const chosen = Object.entries(properties).filter(([key]) => required.includes(key) || random.number() < share);
    const free = typeof additionalProperties === "object" ? random.pick([0, 1, 1, 2]) : 0;
    return Object.fromEntries([
        ...chosen.map(([key, inner]) => [key, valueOf(inner as JsonSchema, key, random, level + 1)] as const),
        ...Array.from({ length: free }, () => random.pick(NAMES)).map(
            (key) => [key, valueOf(additionalProperties as JsonSchema, key, random, level + 1)] as const,
        ),
    ]);
}

/** A draft with what is said against it removed, or added if it is a secret that is missing; undefined where that leads nowhere. */
function repaired(settings: Settings, random: Random): KeepArgs | undefined {
    for (let count = 0; count < MOST_REPAIRS; count += 1) {
        const args = settings as unknown as KeepArgs;
        const { issues } = check(readArguments("keep", args));
        if (issues.length === 0) {
            return args;
        }
        // Removing an item of a list moves those after it.
        const ordered = [...issues].sort((a, b) => b.path.join(".").localeCompare(a.path.join("."), "en", NUMERIC));
        if (!ordered.map((found) => repair(settings, found, random)).some(Boolean)) {
            return undefined;
        }
    }
    return undefined;
}

const NUMERIC = { numeric: true };

/** Changes what an issue is about. Returns whether it has found it. */
function repair(settings: Settings, { path, secretKey }: Issue, random: Random): boolean {
    if (secretKey !== undefined && !Object.hasOwn(settings, secretKey)) {
        settings[secretKey] = secretOf(secretKey as SecretTextName, random);
        return true;
    }
    if (path.length > 1 && remove(settings, path)) {
        return true;
    }
    // It misses something, or is wrong as a whole.
    const [key = ""] = path;
    const schema = stackSchema().properties?.[key];
    if (typeof schema === "object" && key !== "publicUrl" && Object.hasOwn(settings, key) && random.number() < 0.7) {
        settings[key] = valueOf(schema, key, random, 1);
        return true;
    }
    return remove(settings, [key]);
}

function secretOf(key: SecretTextName, random: Random): string {
    const usual = secretKeys[key].example;
    const text = random.pick([usual, "p@ss:w/o#r?d%", 'it\'s "quoted"', "$(HOME)", "日本", "x".repeat(300)]);
    return secretKeys[key].message(text) === undefined ? text : usual;
}

/** Removes what is at a path. Returns whether there was anything. The public URL stays: nothing can be without. */
function remove(whole: unknown, [step = "", ...rest]: readonly string[]): boolean {
    if (typeof whole !== "object" || whole === null || !Object.hasOwn(whole, step)) {
        return false;
    }
    if (rest.length > 0) {
        return remove((whole as Settings)[step], rest);
    }
    if (Array.isArray(whole)) {
        whole.splice(Number(step), 1);
        return true;
    }
    return step !== "publicUrl" && Reflect.deleteProperty(whole, step);
}
