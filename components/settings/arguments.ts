import * as pulumi from "@pulumi/pulumi";

import { isLater } from "../tokens";
import { issue, type Issue } from "../fields/issue";
import { envTiers, isSecretEnv, type SecretEnv, secretKeys, type SecretTextName } from "../secrets/settings";
import { MOST_LEVELS } from "./depth";
import { formatIssue } from "./issues";
import { isInputAt } from "./knownKeys";
import type { StackSettings } from "./schema";
import type { Source } from "./source";

/** Secrets of a Keep, by the keys under which a stack file holds them encrypted. */
export type SecretArgs = Partial<Readonly<Record<SecretTextName, pulumi.Input<string>>>>;

/**
 * What a program says of a Keep: the settings of a stack file without their `keep:` (docs/configuration.md), and the
 * secrets. Secrets may be Outputs, and so may settings that no object's existence follows from; the others are plain.
 */
export interface KeepArgs extends StackSettings, SecretArgs {
    /** Additional environment variables with secret values, by tier and name. The names are plain, the values may be Outputs. */
    readonly secretEnv?: SecretEnv;
}

/** The arguments of the Keep `name`, apart as settings and secrets, with what only a program can get wrong. */
export function readArguments(name: string, args: KeepArgs): Source {
    const given = Object.entries<unknown>({ ...args }).filter(([, value]) => value !== undefined);
    const issues = given.flatMap(([key, value]) => argumentIssue(key, value) ?? []);
    const readable = given.filter(([key]) => !issues.some(({ path }) => path[0] === key));
    const { secretEnv = {}, ...secrets } = Object.fromEntries(readable.filter(([key]) => isSecretKey(key)));
    return {
        title: `the arguments of Keep "${name}"; nothing of it was made`,
        namespace: "",
        settings: Object.fromEntries(readable.filter(([key]) => !isSecretKey(key))),
        secrets: Object.fromEntries(
            Object.entries(secrets).map(([key, value]) => [key, checked(key as SecretTextName, value)]),
        ),
        secretEnv: secretEnv as SecretEnv,
        issues,
    };
}

function isSecretKey(key: string): boolean {
    return Object.hasOwn(secretKeys, key);
}

/** What only a program can get wrong: a setting that is no plain value, or a secret that is no text. */
function argumentIssue(key: string, value: unknown): Issue | undefined {
    if (key === "secretEnv") {
        const message = `is not an object of tiers with names and values. Write {backend: {NAME: value}}, with any of the tiers ${envTiers.join(", ")}; values may be Outputs, the rest is plain`;
        return isSecretEnv(value) ? undefined : issue(key, message);
    }
    if (isSecretKey(key)) {
        return typeof value === "string" || isLater(value)
            ? undefined
            : issue(key, "is not text. Give it a string, or an Output of one");
    }
    const unwritable = unwritablePath(value);
    if (unwritable !== undefined) {
        const message = "is nothing that a setting can be. Give it text, a number, true or false, a list or an object";
        return issue([key, ...unwritable], message);
    }
    const path = laterPaths(value).find((inner) => !isInputAt([key, ...inner], { [key]: value }));
    return path && issue([key, ...path], "is an Output, but decides which resources there are. Give it a plain value");
}

/** Path to what no stack file could hold: an object that contains itself or is too deep, a function, a symbol or a bigint. */
function unwritablePath(value: unknown, ancestors: readonly unknown[] = []): string[] | undefined {
    const isPlain = !["function", "symbol", "bigint"].includes(typeof value);
    if (!isPlain || ancestors.includes(value) || ancestors.length > MOST_LEVELS) {
        return [];
    }
    if (typeof value !== "object" || value === null || isLater(value)) {
        return undefined;
    }
    for (const [key, inner] of Object.entries(value)) {
        const path = unwritablePath(inner, [...ancestors, value]);
        if (path !== undefined) {
            return [key, ...path];
        }
    }
    return undefined;
}

/** Paths to the values inside that are not known yet. */
function laterPaths(value: unknown): string[][] {
    if (isLater(value)) {
        return [[]];
    }
    return typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => laterPaths(inner).map((path) => [key, ...path]))
        : [];
}

/** A secret that is an Output is checked when its value is there. */
function checked(key: SecretTextName, value: unknown): pulumi.Input<string> {
    const given = value as pulumi.Input<string>;
    if (!isLater(value)) {
        return given;
    }
    return pulumi.secret(given).apply((text) => {
        const message = secretKeys[key].message(text);
        if (message !== undefined) {
            throw new pulumi.RunError(formatIssue(issue(key, message), { namespace: "" }));
        }
        return text;
    });
}
