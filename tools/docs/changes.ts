import { gt } from "semver";

import { CHANGED_DEFAULTS, RENAMED } from "../../components/settings/renamed";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { projectVersion } from "../projectVersion";

/** The table in docs/upgrade.md: all settings whose name or default has changed since an earlier version. */
export function changesTable(): string {
    const rows = [
        ...RENAMED.map(({ from, to, since }) => [release(since), `\`keep:${from}\``, `renamed to \`keep:${to}\``]),
        ...CHANGED_DEFAULTS.map(({ key, was, since }) => [
            release(since),
            `\`keep:${key}\``,
            `default changed from \`${was}\` to \`${currentDefault(key)}\``,
        ]),
    ];
    return ["| since | setting | change |", "| --- | --- | --- |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join(
        "\n",
    );
}

/** A version, marked if it is not released yet. */
function release(version: string): string {
    return gt(version, projectVersion()) ? `${version} (next release)` : version;
}

/** Default of a setting in the schema. */
function currentDefault(path: string): string {
    const [key = "", ...inner] = path.split(".");
    const schema = stackJsonSchema().properties?.[key];
    const initial: unknown = typeof schema === "object" ? schema.default : undefined;
    return String(inner.reduce((value, name) => (Object(value) as Record<string, unknown>)[name], initial));
}
