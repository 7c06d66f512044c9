import { rows } from "./rows";

/** The table in docs/chart-values.md: all values of the chart with their counterparts. */
export function chartTable(): string {
    const lines = rows.map(({ value, key, because }) => `| \`${value}\` | ${because ?? keys(key ?? "")} |`);
    return ["| value of the chart | setting of the stack file, or reason |", "| --- | --- |", ...lines].join("\n");
}

/** Formats keys as code, and leaves remarks in parentheses unchanged. */
function keys(text: string): string {
    return text.replaceAll(/keep:[\w.]+/g, "`$&`");
}
