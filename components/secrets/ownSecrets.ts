import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { releaseOf, type ReleaseSettings, secretName } from "../naming";

interface Settings extends ReleaseSettings {
    readonly auth: object;
    readonly database: object;
    readonly elasticsearch?: object | undefined;
    readonly existingSecrets: object;
    readonly monitoring: object;
    readonly redis: object;
}

/** Settings that name keys of existing Secrets in place of values that the stack stores. */
const KEYS = ["auth", "database", "elasticsearch", "existingSecrets", "monitoring", "redis"] as const;

/** The Secrets that a stack creates. */
const PARTS = [
    "app",
    "auth",
    "database",
    "database-url",
    "elasticsearch",
    "env",
    "metrics",
    "providers",
    "redis",
    "setup",
];

/** Condition on existing Secrets: they are not those of the stack. Pulumi deletes the value that such a setting replaces. */
export const ownSecretsRules: readonly Rule<Settings>[] = KEYS.map((key) => (settings) => {
    const release = releaseOf(settings);
    return issuesIn(
        settings[key],
        [key],
        PARTS.map((part) => secretName(release, part)),
    );
});

function issuesIn(value: unknown, path: readonly string[], names: readonly string[]): Issue[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const { name, key } = value as { readonly name?: unknown; readonly key?: unknown };
    return typeof name === "string" && key !== undefined && names.includes(name)
        ? [
              issue(
                  [...path, "name"],
                  `is ${name}, a Secret of this stack, which deletes the value that an existing Secret replaces. Copy the value to a Secret with another name, and use that`,
              ),
          ]
        : Object.entries(value).flatMap(([field, inner]) => issuesIn(inner, [...path, field], names));
}
