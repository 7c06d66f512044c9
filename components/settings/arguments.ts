import * as pulumi from "@pulumi/pulumi";
import type * as z from "zod";

import { formatIssue, type Issue, formatIssues } from "./issues";
import { type KeepConfig, resolve, type SecretTextName } from "./resolve";
import type { stackSchema } from "./schema";
import { envTiers, isSecretEnv, type SecretEnv, secretKeys } from "../secrets/settings";

/** Secrets of a Keep, by the keys under which a stack file holds them encrypted. */
export type SecretArgs = Partial<Readonly<Record<SecretTextName, pulumi.Input<string>>>>;

/**
 * What a program says of a Keep: the settings of a stack file without their `keep:` (docs/configuration.md), and the
 * secrets. Settings are plain values, since they decide which objects there are; secrets may be Outputs.
 */
export interface KeepArgs extends z.input<typeof stackSchema>, SecretArgs {
    /** More environment with secret values, by tier and name. The names are plain, the values may be Outputs. */
    readonly secretEnv?: SecretEnv;
}

/**
 * Checks the arguments of a Keep and fills in the defaults, as `loadConfig` does for a stack file.
 * @throws pulumi.RunError naming every mistake at once; nothing has been created then.
 */
export function keepConfig(name: string, args: KeepArgs): KeepConfig {
    const given = Object.entries<unknown>({ ...args }).filter(([, value]) => value !== undefined);
    const misfits = new Map(given.flatMap(([key, value]) => misfit(key, value)));
    const fit = given.filter(([key]) => !misfits.has(key));
    const secrets = fit.filter(([key]) => key in secretKeys && key !== "secretEnv");

    const { config, problems } = resolve({
        settings: Object.fromEntries(fit.filter(([key]) => !(key in secretKeys))),
        secrets: Object.fromEntries(secrets.map(([key, value]) => [key, checked(key as SecretTextName, value)])),
        secretEnv: misfits.has("secretEnv") ? {} : (args.secretEnv ?? {}),
    });
    // What does not fit was left out above; it is not missing.
    const others = problems.filter(({ key }) => !misfits.has(/^keep:(\w+)/.exec(key)?.[1] ?? ""));
    const all = [...misfits.values(), ...others];
    if (config === undefined || all.length > 0) {
        throw new pulumi.RunError(argumentReport(name, all));
    }
    return config;
}

/** All problems of a Keep's arguments as one message, by their names. */
export function argumentReport(name: string, problems: readonly Issue[]): string {
    return formatIssues(`the arguments of Keep "${name}"; nothing of it was made`, problems.map(asArgument));
}

/** What only a program can get wrong: a value that is no plain one, or a secret that is no text. */
function misfit(key: string, value: unknown): [key: string, problem: Issue][] {
    const name = `keep:${key}`;
    if (key === "secretEnv") {
        const message = `is not an object of tiers with names and values. Write {backend: {NAME: value}}, with any of the tiers ${envTiers.join(", ")}; values may be Outputs, the rest is plain`;
        return isSecretEnv(value) ? [] : [[key, { key: name, message }]];
    }
    if (key in secretKeys) {
        const message = "is not text. Give it a string, or an Output of one";
        return typeof value === "string" || isLater(value) ? [] : [[key, { key: name, message }]];
    }
    const path = laterPart(value);
    const message =
        "is an Output, but settings decide what is made, and must be known before. Give it a plain value; only secrets may be Outputs";
    return path === undefined ? [] : [[key, { key: `${name}${path}`, message }]];
}

/** Whether a value will be known only later. */
function isLater(value: unknown): boolean {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Path to the first value inside that is not known yet, such as `.host`; undefined when all is. */
function laterPart(value: unknown): string | undefined {
    if (isLater(value)) {
        return "";
    }
    if (typeof value !== "object" || value === null) {
        return undefined;
    }
    return Object.entries(value)
        .map(([key, inner]: [string, unknown]) => {
            const path = laterPart(inner);
            return path === undefined ? undefined : `.${key}${path}`;
        })
        .find((path) => path !== undefined);
}

/** A secret that is an Output is checked when its value is there. */
function checked(key: SecretTextName, value: unknown): pulumi.Input<string> {
    const given = value as pulumi.Input<string>;
    if (!isLater(value)) {
        return given;
    }
    return pulumi.secret(given).apply((text) => {
        const message = secretKeys[key].message?.(text);
        if (message !== undefined) {
            throw new pulumi.RunError(formatIssue(asArgument({ key: `keep:${key}`, message })));
        }
        return text;
    });
}

/** Problems are worded for stack files; arguments have no namespace, and no CLI sets them. */
function asArgument({ key, message, ...value }: Issue): Issue {
    const reworded = (text: string) =>
        text
            .replace(/(,? with|, or use) pulumi config set --(secret|path)( keep:\w+)?/g, "")
            .replace(/\bkeep:(?=[a-z])/g, "");
    return { ...value, key: reworded(key), message: reworded(message) };
}
