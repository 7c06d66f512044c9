import * as pulumi from "@pulumi/pulumi";

import { applyAdoption } from "../adoption/defaults";
import { isLater, laterValues } from "../tokens";
import { issue, type Issue } from "../fields/issue";
import { type ConfiguredSecrets, type SecretEnv, secretKeys, type SecretTextName } from "../secrets/settings";
import { applySizeDefaults } from "../size/defaults";
import { withDefaultKinds } from "./defaultKinds";
import { formatIssues } from "./issues";
import { knownKeys } from "./knownKeys";
import { laterSwitches, secretEnvProblems } from "./managedEnv";
import { plainPasswords } from "./plainPasswords";
import { validFields } from "./refused";
import { ruleIssues } from "./rules";
import { type StackConfig, stackSchema } from "./schema";
import { issuesOf } from "./schemaIssues";
import { suggestion } from "./suggestion";
import { parseWithTexts } from "./texts";
import type { Source } from "./source";

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
    return { ...configOf(parsed), secrets: Object.fromEntries(marked) as ConfiguredSecrets, secretEnv };
}

/** The configuration that valid settings make. */
export function configOf(parsed: Readonly<Record<string, unknown>>): StackConfig {
    // A setting without a default that is not given is absent, not undefined.
    const given = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
    return applyAdoption(given as StackConfig);
}

/** Every key that is valid by itself, with its defaults, and the issues of the others. */
function parse({ settings, issues: unreadable }: Source): {
    parsed: Readonly<Record<string, unknown>>;
    issues: Issue[];
} {
    const parsed: Record<string, unknown> = {};
    const { settings: completed, issues: kindless } = withDefaultKinds(settings);
    const issues = [...kindless];
    const whole = applySizeDefaults(completed);
    const keysOf = (all: readonly Issue[]) => new Set(all.map(({ path: [key] }) => key));
    const [unread, unchosen] = [keysOf(unreadable), keysOf(kindless)];
    for (const [key, schema] of Object.entries(stackSchema.shape).filter(
        ([key]) => !unchosen.has(key) && (!unread.has(key) || Object.hasOwn(settings, key)),
    )) {
        const result = parseWithTexts(schema, whole[key]);
        if (result.success) {
            parsed[key] = result.data;
            continue;
        }
        issues.push(
            ...issuesOf([key], settings[key], result.error, (path) =>
                suggestion(path, knownKeys(path.slice(0, -1), completed)),
            ),
        );
        const fields = validFields(schema, whole[key]);
        if (fields !== undefined) {
            parsed[key] = fields;
        }
    }
    return { parsed, issues };
}

function unknownKeys(settings: Source["settings"]): Issue[] {
    return Object.entries(settings)
        .filter(([key]) => !Object.hasOwn(stackSchema.shape, key))
        .map(([key, value]) => {
            const inner = Object.keys(Object(value) as object).filter((name) => allKeys().includes(name));
            const names = inner.map((name) => `keep:${name}`).join(", ");
            const wayOut =
                inner.length === 0 ? suggestion([key], allKeys()) : `Move its keys to the top level: ${names}`;
            return issue(key, `is not a setting. ${wayOut}`);
        });
}

/** No object takes this name: it would set what the object inherits. */
function inheritedNames(value: unknown, path: readonly string[] = []): Issue[] {
    return typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([name, inner]) =>
              name === "__proto__"
                  ? [issue([...path, name], "is a name that nothing can have. Remove it")]
                  : inheritedNames(inner, [...path, name]),
          );
}

/** Text that neither Kubernetes nor a container takes: with a NUL character, or with half of a surrogate pair, which UTF-8 cannot write. */
function unusableTexts(value: unknown, path: readonly string[] = []): Issue[] {
    const isUnusable = (text: string) => /[\0\p{Cs}]/u.test(text);
    const message = "contains a NUL character or half of a Unicode character. Remove it";
    if (typeof value === "string") {
        return isUnusable(value) ? [issue(path, message)] : [];
    }
    if (typeof value !== "object" || value === null || isLater(value)) {
        return [];
    }
    return Object.entries(value).flatMap(([name, inner]) => [
        ...(isUnusable(name) ? [issue([...path, name], message)] : []),
        ...unusableTexts(inner, [...path, name]),
    ]);
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
    const { parsed, issues: ofSchema } = parse(source);
    const issues = [
        ...source.issues,
        ...unknownKeys(settings),
        ...inheritedNames(settings),
        ...unusableTexts(settings),
        ...secretIssues(secrets),
        ...ofSchema,
        ...ruleIssues(parsed, (key) => Object.hasOwn(settings, key) || Object.hasOwn(secrets, key)),
        ...secretEnvProblems(secretEnv, parsed),
        ...laterSwitches(laterValues(parsed).map(({ path }) => path)),
    ];
    const told = new Set(issues.map(({ path }) => path.join(".")));
    return { parsed, issues: [...issues, ...plainPasswords(settings).filter(({ path }) => !told.has(path.join(".")))] };
}

/** Every key that may stand at the top of a description. */
export function allKeys(): string[] {
    return [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)];
}
