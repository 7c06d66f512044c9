import * as pulumi from "@pulumi/pulumi";

import { withAdoption } from "../adoption/defaults";
import { knownKeys } from "./knownKeys";
import { withPreset } from "../size/defaults";
import { nearest, type Issue, problemsOf } from "./issues";
import { secretEnvProblems } from "./managedEnv";
import { ruleProblems } from "./rules";
import { type StackConfig, stackSchema } from "./schema";
import { type SecretEnv, type SecretKeyName, secretKeys } from "../secrets/settings";

/** Secret keys whose value is one text; `secretEnv` has a shape, which must be known. */
export type SecretTextName = Exclude<SecretKeyName, "secretEnv">;

/** The secret values of a Keep, each marked secret; absent where none was given. */
export type ConfiguredSecrets = Partial<Record<SecretTextName, pulumi.Output<string>>>;

/** Everything that was said about a Keep: validated, with defaults, plain but for the secrets. */
export interface KeepConfig extends StackConfig {
    readonly secrets: ConfiguredSecrets;
    /** `keep:secretEnv`. Its values are secret; its names are not, and must be known before anything is made. */
    readonly secretEnv: SecretEnv;
}

/** A Keep as a stack file or a program describes it, before anything is checked. */
export interface Given {
    /** Plain values by top-level key. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Secrets by key. */
    readonly secrets: Readonly<Partial<Record<SecretTextName, pulumi.Input<string>>>>;
    readonly secretEnv: SecretEnv;
}

/** What came of a description: a configuration, or the reasons why there is none. Problems name keys as a stack file does. */
export interface Resolved {
    readonly config?: KeepConfig;
    readonly problems: readonly Issue[];
}

/** Checks a whole description, and fills in the defaults. The one place where this is done, for stack files and arguments. */
export function resolve({ settings, secrets, secretEnv }: Given): Resolved {
    const problems: Issue[] = [];
    for (const key of Object.keys(settings).filter((key) => !(key in stackSchema.shape))) {
        problems.push({ key: `keep:${key}`, message: `is not a setting. ${nearest(key, allKeys())}` });
    }
    for (const [key, value] of Object.entries(secrets) as [SecretTextName, pulumi.Input<string>][]) {
        const message = typeof value === "string" ? secretKeys[key].message?.(value) : undefined;
        problems.push(...(message === undefined ? [] : [{ key: `keep:${key}`, message }]));
    }

    const parsed: Record<string, unknown> = {};
    const whole = withPreset(settings);
    for (const [key, schema] of Object.entries(stackSchema.shape)) {
        const result = schema.safeParse(whole[key]);
        if (result.success) {
            parsed[key] = result.data;
        } else {
            problems.push(
                ...problemsOf(`keep:${key}`, settings[key], result.error, (path) =>
                    knownKeys([key, ...path], settings),
                ),
            );
        }
    }
    problems.push(
        ...ruleProblems(parsed, new Set(Object.keys(parsed)), (key) => key in settings || key in secrets),
        ...secretEnvProblems(secretEnv),
    );
    if (problems.length > 0) {
        return { problems };
    }
    const marked = Object.entries(secrets).map(([key, value]) => [key, pulumi.secret(value)]);
    // A setting without a default that is not given is absent, not undefined.
    const given = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
    return {
        config: {
            ...withAdoption(given as StackConfig),
            secrets: Object.fromEntries(marked) as ConfiguredSecrets,
            secretEnv,
        },
        problems,
    };
}

/** Every key that may stand at the top of a description. */
export function allKeys(): string[] {
    return [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)];
}
