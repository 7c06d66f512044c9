import * as pulumi from "@pulumi/pulumi";

import { applyAdoption } from "../adoption/defaults";
import { issue, type Issue } from "../fields/issue";
import { type SecretEnv, secretKeys } from "../secrets/settings";
import { applySizeDefaults } from "../size/defaults";
import { formatIssues } from "./issues";
import { knownKeys } from "./knownKeys";
import { secretEnvProblems } from "./managedEnv";
import { ruleIssues } from "./rules";
import { type StackConfig, stackSchema } from "./schema";
import { issuesOf, nearest, schemaMessage } from "./schemaIssues";
import type { SecretTextName, Source } from "./source";

/** The secret values of a Keep, each marked secret; absent where none was given. */
export type ConfiguredSecrets = Partial<Record<SecretTextName, pulumi.Output<string>>>;

/** Everything that was said about a Keep: validated, with defaults, plain but for the secrets. */
export interface KeepConfig extends StackConfig {
    readonly secrets: ConfiguredSecrets;
    /** `keep:secretEnv`. Its values are secret; its names are not, and must be known before anything is made. */
    readonly secretEnv: SecretEnv;
}

/**
 * Checks what describes a Keep, and fills in the defaults. The one place where this is done, for stack files and arguments.
 * @throws pulumi.RunError naming every mistake at once.
 */
export function resolve(source: Source): KeepConfig {
    const { secrets, secretEnv } = source;
    const { parsed, issues } = check(source);
    if (issues.length > 0) {
        throw new pulumi.RunError(formatIssues(issues, source));
    }
    const marked = Object.entries(secrets).map(([key, value]) => [key, pulumi.secret(value)]);
    // A setting without a default that is not given is absent, not undefined.
    const given = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
    return {
        ...applyAdoption(given as StackConfig),
        secrets: Object.fromEntries(marked) as ConfiguredSecrets,
        secretEnv,
    };
}

/** Every key that is valid by itself, with its defaults, and the issues of the others. */
function parse({ settings, issues: unreadable }: Source): {
    parsed: Readonly<Record<string, unknown>>;
    issues: Issue[];
} {
    const parsed: Record<string, unknown> = {};
    const issues: Issue[] = [];
    const whole = applySizeDefaults(settings);
    const unread = new Set(unreadable.map(({ path: [key] }) => key));
    for (const [key, schema] of Object.entries(stackSchema.shape).filter(
        ([key]) => !unread.has(key) || Object.hasOwn(settings, key),
    )) {
        const result = schema.safeParse(whole[key], { error: schemaMessage });
        if (result.success) {
            parsed[key] = result.data;
        } else {
            issues.push(...issuesOf([key], settings[key], result.error, (path) => knownKeys(path, settings)));
        }
    }
    return { parsed, issues };
}

function unknownKeys(settings: Source["settings"]): Issue[] {
    return Object.keys(settings)
        .filter((key) => !(key in stackSchema.shape))
        .map((key) => issue(key, `is not a setting. ${nearest(key, allKeys())}`));
}

function secretIssues(secrets: Source["secrets"]): Issue[] {
    return (Object.entries(secrets) as [SecretTextName, pulumi.Input<string>][]).flatMap(([key, value]) => {
        const message = typeof value === "string" ? secretKeys[key].message(value) : undefined;
        return message === undefined ? [] : [issue(key, message)];
    });
}

/** Every issue of what describes a Keep, and the keys that are valid by themselves, with their defaults. */
export function check(source: Source): {
    readonly parsed: Readonly<Record<string, unknown>>;
    readonly issues: readonly Issue[];
} {
    const { settings, secrets, secretEnv } = source;
    const { parsed, issues } = parse(source);
    return {
        parsed,
        issues: [
            ...source.issues,
            ...unknownKeys(settings),
            ...secretIssues(secrets),
            ...issues,
            ...ruleIssues(parsed, (key) => key in settings || key in secrets),
            ...secretEnvProblems(secretEnv, parsed),
        ],
    };
}

/** Every key that may stand at the top of a description. */
export function allKeys(): string[] {
    return [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)];
}
