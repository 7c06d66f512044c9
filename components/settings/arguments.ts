import * as pulumi from "@pulumi/pulumi";

import { isLater } from "../tokens";
import { issue, type Issue } from "../fields/issue";
import {
    envTiers,
    isSecretEnv,
    type SecretEnv,
    secretEnvValueFault,
    secretKeys,
    type SecretTextName,
} from "../secrets/settings";
import { MOST_LEVELS } from "./depth";
import { isInKubernetesObject, isInputAt } from "./knownKeys";
import type { StackSettings } from "./schema";
import type { Source } from "./source";

/** Secrets by key, as in a stack file. */
export type SecretArgs = Partial<Readonly<Record<SecretTextName, pulumi.Input<string>>>>;

/**
 * Arguments of `Keep`: the settings and secrets of a stack file without `keep:` (docs/configuration.md). Secrets may be
 * Outputs, and so may settings that do not decide which objects exist.
 */
export interface KeepArgs extends StackSettings, SecretArgs {
    /** Additional environment variables with secret values, by tier and name. Only the values may be Outputs. */
    readonly secretEnv?: SecretEnv;
}

/**
 * Separates the arguments of the component `name` into settings and secrets. Reports errors that only programs can
 * make.
 */
export function readArguments(name: string, args: KeepArgs | null | undefined): Source {
    const isObject = typeof args === "object" && args !== null && !Array.isArray(args) && !isLater(args);
    const copied: Issue[] = isObject
        ? []
        : [issue("args", "is not an object. Write the settings as in new Keep(name, { publicUrl })")];
    const given = Object.keys(isObject ? args : {})
        .map((key) => [key, copy(() => args?.[key as keyof KeepArgs], [key], copied)] as const)
        .filter(([, value]) => value !== undefined);
    const invalid = new Set(copied.map(({ path: [key] }) => key));
    const issues = [
        ...copied,
        ...given.flatMap(([key, value]) => (invalid.has(key) ? [] : (argumentIssue(key, value) ?? []))),
    ];
    const readable = given.filter(([key]) => !issues.some(({ path }) => path[0] === key));
    const { secretEnv = {}, ...secrets } = Object.fromEntries(readable.filter(([key]) => isSecretKey(key)));
    return {
        title: `the arguments of Keep "${name}"; nothing was created`,
        namespace: "",
        settings: Object.fromEntries(readable.filter(([key]) => !isSecretKey(key))),
        secrets: Object.fromEntries(
            Object.entries(secrets as SecretArgs).map(([key, value]) => [key, secretInput(value)]),
        ),
        secretEnv: Object.fromEntries(
            Object.entries(secretEnv as SecretEnv).map(([tier, env]) => [
                tier,
                Object.fromEntries(Object.entries(env).map(([name, value]) => [name, secretInput(value)])),
            ]),
        ),
        issues,
    };
}

function isSecretKey(key: string): boolean {
    return Object.hasOwn(secretKeys, key);
}

/** The message for a secret that is no text. */
export const NOT_TEXT = "is not text. Set it to a string or an Output<string>";

/** Errors that only programs can make: an Output where a plain value is needed, or a secret that is not text. */
function argumentIssue(key: string, value: unknown): Issue | undefined {
    if (key === "secretEnv") {
        const message = `is not an object of tiers with names and values. Write {backend: {NAME: value}}, with any of the tiers ${envTiers.join(", ")}; values may be Outputs, the rest is plain`;
        return isSecretEnv(value) ? undefined : issue(key, secretEnvValueFault(value) ?? message);
    }
    if (isSecretKey(key)) {
        return typeof value === "string" || isLater(value) ? undefined : issue(key, NOT_TEXT);
    }
    const stack = { [key]: value };
    const path = laterPaths(value)
        .map((inner) => [key, ...inner])
        .find((at) => !isInputAt(at, stack));
    const message = (at: readonly string[]) =>
        isInKubernetesObject(at, stack)
            ? "is an Output, but objects of Kubernetes are validated before the program runs. Set it to a plain value: give the other resource a fixed name, and list it in the option dependsOn"
            : "is an Output, but decides which resources exist. Set it to a plain value";
    return path && issue(path, message(path));
}

/** The text of an Output that a program puts into another text (@pulumi/pulumi, output.ts). */
const OUTPUT_AS_TEXT = /Calling \[to(String|JSON)\] on an \[Output<T>\]/;

/**
 * A copy of a value in plain objects and lists, so that no getter or Proxy runs again. Adds an issue for each value
 * that a stack file cannot contain: one that throws, an Output in a text, an instance of a class, a cycle, an object
 * that is nested too deeply, a function, a symbol or a bigint.
 */
function copy(
    read: () => unknown,
    path: readonly string[],
    issues: Issue[],
    ancestors: readonly object[] = [],
): unknown {
    const reject = (message: string): unknown => {
        issues.push(issue(path, message));
        return undefined;
    };
    try {
        const value = read();
        if (typeof value === "string" && OUTPUT_AS_TEXT.test(value)) {
            return reject("contains an Output in a text. Use pulumi.interpolate, or pass the Output itself");
        }
        if (isLater(value) || value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)) {
            return value;
        }
        if (typeof value !== "object" || ancestors.includes(value) || ancestors.length > MOST_LEVELS) {
            return reject("has a type that no setting has. Set it to text, a number, true, false, a list or an object");
        }
        const inner = (key: string) =>
            copy(() => (value as Readonly<Record<string, unknown>>)[key], [...path, key], issues, [
                ...ancestors,
                value,
            ]);
        if (Array.isArray(value)) {
            return Object.keys(value).map(inner);
        }
        const name = className(value);
        if (name !== undefined) {
            return reject(`is an instance of ${name}. Set it to text, a number, true, false, a list or a plain object`);
        }
        const keys = Object.keys(value);
        return keys.some((key) => OUTPUT_AS_TEXT.test(key))
            ? reject("has an Output as a name. Write the name as text")
            : Object.fromEntries(keys.map((key) => [key, inner(key)]));
    } catch {
        return reject("throws an error when it is read. Set it to a plain value");
    }
}

/** Name of the class of an object; undefined if it is plain, also if it was created in another context of Node.js. */
function className(value: object): string | undefined {
    const prototype = Object.getPrototypeOf(value) as object | null;
    return prototype === null || Object.getPrototypeOf(prototype) === null
        ? undefined
        : prototype.constructor.name || "a class";
}

/** Paths to the Outputs and promises in a value. */
function laterPaths(value: unknown): string[][] {
    if (isLater(value)) {
        return [[]];
    }
    return typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => laterPaths(inner).map((path) => [key, ...path]))
        : [];
}

/** A secret whose Output is marked as such. Its value is validated once it is known (checkInputs). */
function secretInput(given: pulumi.Input<string>): pulumi.Input<string> {
    return isLater(given) ? pulumi.secret(given) : given;
}
