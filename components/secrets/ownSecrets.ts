import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { releaseOf, type ReleaseSettings, secretName } from "../naming";
import { textLeaves } from "../settings/textLeaves";
import { valueAt } from "../tokens";

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
    const names = PARTS.map((part) => secretName(releaseOf(settings), part));
    return textLeaves(settings[key], [key])
        .filter(({ path, text }) => path.at(-1) === "name" && names.includes(text) && hasKey(settings, path))
        .map(({ path, text }) =>
            issue(
                path,
                `is ${text}, a Secret of this stack, which deletes the value that an existing Secret replaces. Copy the value to a Secret with another name, and use that`,
            ),
        );
});

/** Whether a name is that of a Secret, with a key beside. */
function hasKey(settings: object, path: readonly string[]): boolean {
    return valueAt(settings, [...path.slice(0, -1), "key"]) !== undefined;
}
