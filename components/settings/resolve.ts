import * as pulumi from "@pulumi/pulumi";

import { applyAdoption } from "../adoption/defaults";
import { passwordIssues } from "../database/givenPassword";
import { clientSecretIssues } from "../auth/givenSecret";
import { dumpServerRules } from "../backup/dumpServer";
import { engineIssues } from "../database/givenUrl";
import { urlAuthorityRules } from "../database/rules";
import { databaseUrlRules } from "../network/loopback";
import { databaseUrlNameRules } from "../pods/dnsRules";
import { otherSourceIssues } from "../provision/otherSources";
import { secretWorkerRules } from "../redis/rules";
import { databaseFileRules } from "../tiers/databaseFiles";
import { isLater, laterValues } from "../tokens";
import { issue, type Issue } from "../fields/issue";
import { unusableTextFault } from "../fields/unusable";
import { type ConfiguredSecrets, type SecretEnv, secretKeys, type SecretTextName } from "../secrets/settings";
import { applySizeDefaults } from "../size/defaults";
import { withDefaultKinds } from "./defaultKinds";
import { formatIssues } from "./issues";
import { knownKeys } from "./knownKeys";
import { laterSwitches, secretEnvIssues } from "./managedEnv";
import { mountVariableIssues } from "./mountVariables";
import { plainPasswords } from "./plainPasswords";
import { referenceIssues } from "./references";
import { ruleIssues } from "./rules";
import { type StackConfig, stackSchema } from "./schema";
import { issuesOf } from "./schemaIssues";
import { suggestion } from "./suggestion";
import { parseWithTexts } from "./texts";
import { validFields } from "./unreadable";
import type { Source } from "./source";
import { rejection } from "./rejection";

/** The validated configuration with defaults. */
export interface KeepConfig extends StackConfig {
    readonly secrets: ConfiguredSecrets;
    /** `keep:secretEnv`. Only its values are secret. */
    readonly secretEnv: SecretEnv;
}

/**
 * Validates the settings of a stack file or the arguments of a program, and adds the defaults.
 * @throws pulumi.RunError that lists all issues
 */
export function resolve(source: Source): KeepConfig {
    const { secrets, secretEnv } = source;
    const { parsed, issues } = check(source);
    if (issues.length > 0) {
        throw rejection(formatIssues(issues, source));
    }
    const marked = Object.entries(secrets).map(([key, value]) => [key, pulumi.secret(value)]);
    return { ...configOf(parsed), secrets: Object.fromEntries(marked) as ConfiguredSecrets, secretEnv };
}

/** The configuration from valid settings. */
export function configOf(parsed: Readonly<Record<string, unknown>>): StackConfig {
    // Optional settings that are not set must be absent, not undefined.
    const given = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
    return applyAdoption(given as StackConfig);
}

/** Validates each key. Returns the valid ones with defaults, and the issues of the others. */
function parse({ settings, issues: unreadable }: Source): {
    parsed: Readonly<Record<string, unknown>>;
    issues: Issue[];
} {
    const parsed: Record<string, unknown> = {};
    const { settings: completed, issues: kindless } = withDefaultKinds(settings);
    const issues = [...kindless];
    const withDefaults = applySizeDefaults(completed);
    const keysOf = (all: readonly Issue[]) => new Set(all.map(({ path: [key] }) => key));
    const [unread, unchosen] = [keysOf(unreadable), keysOf(kindless)];
    for (const [key, schema] of Object.entries(stackSchema.shape).filter(
        ([key]) => !unchosen.has(key) && (!unread.has(key) || Object.hasOwn(settings, key)),
    )) {
        const result = parseWithTexts(schema, withDefaults[key]);
        if (result.success) {
            parsed[key] = result.data;
            continue;
        }
        issues.push(
            ...issuesOf([key], settings[key], result.error, (path) =>
                suggestion(path, knownKeys(path.slice(0, -1), completed), {
                    hasKind: Object.hasOwn(Object(settings[key]) as object, "kind"),
                }),
            ),
        );
        const fields = validFields(schema, withDefaults[key]);
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
            const fix = inner.length === 0 ? suggestion([key], allKeys()) : `Move its keys to the top level: ${names}`;
            return issue(key, `is not a setting. ${fix}`);
        });
}

/** Issues for `__proto__`, which would set the prototype of an object. */
function inheritedNames(value: unknown, path: readonly string[] = []): Issue[] {
    return typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([name, inner]) =>
              name === "__proto__"
                  ? [issue([...path, name], "is not a valid name. Remove it")]
                  : inheritedNames(inner, [...path, name]),
          );
}

/** Issues for names and values that no container can have. */
function unusableTexts(value: unknown, path: readonly string[] = []): Issue[] {
    if (typeof value === "string") {
        const message = unusableTextFault(value);
        return message === undefined ? [] : [issue(path, message)];
    }
    if (typeof value !== "object" || value === null || isLater(value)) {
        return [];
    }
    return Object.entries(value).flatMap(([name, inner]) => [
        ...unusableTexts(name, [...path, name]),
        ...unusableTexts(inner, [...path, name]),
    ]);
}

function secretIssues(secrets: Source["secrets"]): Issue[] {
    return (Object.entries(secrets) as [SecretTextName, pulumi.Input<string>][]).flatMap(([key, value]) => {
        const message = typeof value === "string" ? secretKeys[key].message(value) : undefined;
        return message === undefined ? [] : [issue(key, message)];
    });
}

/** Validates a source. Returns the valid keys with defaults, and all issues. */
export function check(source: Source): {
    readonly parsed: Readonly<Record<string, unknown>>;
    readonly issues: readonly Issue[];
} {
    const { settings, secrets, secretEnv } = source;
    const { parsed, issues: ofSchema } = parse(source);
    const has = (key: string) => Object.hasOwn(settings, key) || Object.hasOwn(secrets, key);
    const issues = [
        ...source.issues,
        ...unknownKeys(settings),
        ...inheritedNames(settings),
        ...unusableTexts(settings),
        ...secretIssues(secrets),
        ...clientSecretIssues(secrets.authClientSecret, settings.auth),
        ...engineIssues(secrets.databaseUrl, settings.database),
        ...passwordIssues(secrets.databasePassword, settings.database),
        ...ofSchema,
        ...ruleIssues(parsed, has, [
            ...databaseUrlRules(secrets.databaseUrl),
            ...databaseUrlNameRules(secrets.databaseUrl),
            ...dumpServerRules(secrets.databaseUrl),
            ...urlAuthorityRules(secrets.databaseUrl),
            ...databaseFileRules(secrets.databaseUrl),
            ...secretWorkerRules(secretEnv),
        ]),
        ...secretEnvIssues(secretEnv, parsed),
        ...otherSourceIssues(secretEnv, parsed, has),
        ...mountVariableIssues(secretEnv, parsed),
        ...laterSwitches(laterValues(parsed).map(({ path }) => path)),
    ];
    const reported = new Set(issues.map(({ path }) => path.join(".")));
    return {
        parsed,
        issues: [
            ...issues,
            ...[...plainPasswords(settings), ...referenceIssues(settings)].filter(
                ({ path }) => !reported.has(path.join(".")),
            ),
        ],
    };
}

/** All top-level keys, including secret keys. */
export function allKeys(): string[] {
    return [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)];
}
