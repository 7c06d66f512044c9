import { CHANGED_DEFAULTS, RENAMED } from "../../components/settings/renamed";
import { stackJsonSchema } from "../../components/settings/knownKeys";

/** The table in docs/upgrade.md: every setting that has another name or default than in an earlier version. */
export function changesTable(): string {
    const rows = [
        ...RENAMED.map(({ from, to, since }) => [since, `\`keep:${from}\``, `is \`keep:${to}\``]),
        ...CHANGED_DEFAULTS.map(({ key, was, since }) => [
            since,
            `\`keep:${key}\``,
            `defaults to \`${presentDefault(key)}\`, before to \`${was}\``,
        ]),
    ];
    return ["| since | setting | change |", "| --- | --- | --- |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join(
        "\n",
    );
}

/** Default of a setting at its path, as the schema has it. */
function presentDefault(path: string): string {
    const [key = "", ...inner] = path.split(".");
    const schema = stackJsonSchema().properties?.[key];
    const initial: unknown = typeof schema === "object" ? schema.default : undefined;
    return String(inner.reduce((value, name) => (Object(value) as Record<string, unknown>)[name], initial));
}
