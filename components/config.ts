import * as pulumi from "@pulumi/pulumi";

import { withAdoption } from "./config/adoption";
import { knownKeys } from "./config/knownKeys";
import { describe, nearest, type Problem, problemsOf } from "./config/problems";
import { withPreset } from "./config/preset";
import { reservedProblems } from "./config/reserved";
import { ruleProblems } from "./config/rules";
import { type StackConfig, stackSchema } from "./config/schema";
import { type EnvTier, parseSecretEnv, type SecretEnv, type SecretKeyName, secretKeys } from "./config/secrets";

/** Namespace of our keys in a stack file, whatever the project is called. */
const NAMESPACE = "keep";

/** The secret values of a stack, each marked secret; absent where the stack file has none. */
export type ConfiguredSecrets = Partial<Record<SecretKeyName, pulumi.Output<string>>>;

/** Everything a stack says about its Keep: validated, with defaults, plain but for the secrets. */
export interface KeepConfig extends StackConfig {
    readonly secrets: ConfiguredSecrets;
    /** `keep:secretEnv`. Its values are secret; its names are not, and must be known before anything is made. */
    readonly secretEnv: SecretEnv;
}

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
    const { config, problems } = resolve(written, (key) => isEncrypted(`${NAMESPACE}:${key}`));
    const all = [...problems, ...misplacedProblems()];
    if (config === undefined || all.length > 0) {
        throw new pulumi.RunError(report(all));
    }
    return config;
}

/** Pulumi takes a key without namespace for the project's: where that is not ours, the value would be lost without a word. */
function misplacedProblems(): Problem[] {
    const project = pulumi.getProject();
    return allKeys()
        .filter((key) => project !== NAMESPACE && isMisplaced(key, pulumi.runtime.allConfig()[`${project}:${key}`]))
        .map((key) => ({
            key: `${project}:${key}`,
            fault: `is not read: settings of Keep begin with keep:, whatever the project is called. Write it as ${NAMESPACE}:${key}`,
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
export function report(problems: readonly Problem[]): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    return [
        `${count} in Pulumi.${pulumi.getStack()}.yaml; nothing was changed:`,
        ...problems.map((problem) => `  - ${describe(problem)}`),
    ].join("\n");
}

function resolve(
    written: Readonly<Record<string, string>>,
    isSecret: (key: string) => boolean,
): { config?: KeepConfig; problems: readonly Problem[] } {
    const raw: Record<string, unknown> = {};
    const problems: Problem[] = [];
    for (const [key, text] of Object.entries(written)) {
        if (isSecretKey(key)) {
            problems.push(...secretProblems(key, text, isSecret(key)));
        } else if (!(key in stackSchema.shape)) {
            problems.push({ key: `${NAMESPACE}:${key}`, fault: `is not a setting. ${nearest(key, allKeys())}` });
        } else if (isSecret(key)) {
            const fault =
                "holds a secret inside a setting, which Pulumi would hand out in plain text. Move it to the secret key made for it, see docs/configuration.md";
            problems.push({ key: `${NAMESPACE}:${key}`, fault });
        } else {
            raw[key] = parseText(text);
        }
    }

    const parsed: Record<string, unknown> = {};
    const whole = withPreset(raw);
    for (const [key, schema] of Object.entries(stackSchema.shape)) {
        const result = schema.safeParse(whole[key]);
        if (result.success) {
            parsed[key] = result.data;
        } else {
            problems.push(
                ...problemsOf(`${NAMESPACE}:${key}`, raw[key], result.error, (path) => knownKeys([key, ...path], raw)),
            );
        }
    }
    problems.push(...ruleProblems(parsed, new Set(Object.keys(parsed)), (key) => key in written));

    const secretEnv = parseSecretEnv(written.secretEnv ?? "{}") ?? {};
    for (const [tier, env] of Object.entries(secretEnv)) {
        problems.push(...reservedProblems(tier as EnvTier, Object.keys(env), `${NAMESPACE}:secretEnv.${tier}`));
    }

    if (problems.length > 0) {
        return { problems };
    }
    const secrets = Object.fromEntries(
        Object.entries(written)
            .filter(([key]) => isSecretKey(key))
            .map(([key, text]) => [key, pulumi.secret(text)]),
    );
    // A setting without a default that is not given is absent, not undefined.
    const given = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
    return { config: { ...withAdoption(given as StackConfig), secrets, secretEnv }, problems };
}

function isSecretKey(key: string): key is SecretKeyName {
    return key in secretKeys;
}

function allKeys(): string[] {
    return [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)];
}

function secretProblems(key: SecretKeyName, value: string, isSecret: boolean): Problem[] {
    const name = `${NAMESPACE}:${key}`;
    const fault = secretKeys[key].fault?.(value);
    return [
        ...(isSecret
            ? []
            : [{ key: name, fault: `stands in plain text. Store it encrypted: pulumi config set --secret ${name}` }]),
        ...(fault === undefined ? [] : [{ key: name, fault }]),
    ];
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
