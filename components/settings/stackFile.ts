import * as pulumi from "@pulumi/pulumi";

import { type Issue, formatIssues } from "./issues";
import { allKeys, type Given, type KeepConfig, resolve } from "./resolve";
import { stackSchema } from "./schema";
import { parseSecretEnv, type SecretKeyName, secretKeys } from "../secrets/settings";

/** Namespace of our keys in a stack file, whatever the project is called. */
const NAMESPACE = "keep";

/**
 * Reads and checks the whole of Pulumi.<stack>.yaml.
 * @throws pulumi.RunError naming every mistake at once; nothing has been created then.
 */
export function loadConfig(): KeepConfig {
    const written = Object.fromEntries(
        Object.entries(pulumi.runtime.allConfig())
            .filter(([key, value]) => key.startsWith(`${NAMESPACE}:`) && !isUnset(value))
            .map(([key, value]) => [key.slice(NAMESPACE.length + 1), value]),
    );
    const { given, problems } = asGiven(written, (key) => isEncrypted(`${NAMESPACE}:${key}`));
    const { config, problems: more } = resolve(given);
    const all = [...problems, ...more, ...misplacedProblems()];
    if (config === undefined || all.length > 0) {
        throw new pulumi.RunError(stackReport(all));
    }
    return config;
}

/** Pulumi takes a key without namespace for the project's: where that is not ours, the value would be lost without a word. */
function misplacedProblems(): Issue[] {
    const project = pulumi.getProject();
    return allKeys()
        .filter((key) => project !== NAMESPACE && isMisplaced(key, pulumi.runtime.allConfig()[`${project}:${key}`]))
        .map((key) => ({
            key: `${project}:${key}`,
            message: `is not read: settings of Keep begin with keep:, whatever the project is called. Write it as ${NAMESPACE}:${key}`,
        }));
}

function isMisplaced(key: string, value: string | undefined): boolean {
    const initial: unknown = Object.entries(stackSchema.shape)
        .find(([name]) => name === key)?.[1]
        .safeParse(undefined).data;
    return value !== undefined && !isUnset(value) && parseText(value) !== initial;
}

/** The SDK knows which keys are encrypted, but leaves the question out of its types. */
function isEncrypted(key: string): boolean {
    const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };
    return isConfigSecret(key);
}

/** Pulumi.yaml declares each key with an empty default, because Pulumi takes a key without default for required. */
function isUnset(value: string): boolean {
    return value === "" || value === "{}";
}

/** All problems of the stack as one message, each with key, value, reason and way out. */
export function stackReport(problems: readonly Issue[]): string {
    return formatIssues(`Pulumi.${pulumi.getStack()}.yaml; nothing was changed`, problems);
}

/** What is written, apart as settings and secrets; and what is wrong with how it is written. */
function asGiven(
    written: Readonly<Record<string, string>>,
    isSecret: (key: string) => boolean,
): { given: Given; problems: readonly Issue[] } {
    const settings: Record<string, unknown> = {};
    const secrets: Record<string, string> = {};
    const problems: Issue[] = [];
    for (const [key, text] of Object.entries(written)) {
        const name = `${NAMESPACE}:${key}`;
        if (isSecretKey(key)) {
            secrets[key] = text;
            if (!isSecret(key)) {
                const message = `stands in plain text. Store it encrypted: pulumi config set --secret ${name}`;
                problems.push({ key: name, message });
            }
        } else if (key in stackSchema.shape && isSecret(key)) {
            const message =
                "holds a secret inside a setting, which Pulumi would hand out in plain text. Move it to the secret key made for it, see docs/configuration.md";
            problems.push({ key: name, message });
        } else {
            settings[key] = parseText(text);
        }
    }
    const { secretEnv = "{}", ...texts } = secrets;
    const message = secretKeys.secretEnv.message?.(secretEnv);
    problems.push(...(message === undefined ? [] : [{ key: `${NAMESPACE}:secretEnv`, message }]));
    return { given: { settings, secrets: texts, secretEnv: parseSecretEnv(secretEnv) ?? {} }, problems };
}

function isSecretKey(key: string): key is SecretKeyName {
    return key in secretKeys;
}

/** Pulumi hands every value out as text; objects, lists and booleans as JSON. No top-level key is a number. */
function parseText(text: string): unknown {
    if (!/^([[{]|true$|false$)/.test(text)) {
        return text;
    }
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}
