import { rows } from "./rows";

/** Every value of the chart, and what takes its place; part of docs/chart-values.md. */
export function chartTable(): string {
    const lines = rows.map(({ value, key, because }) => `| \`${value}\` | ${because ?? keys(key ?? "")} |`);
    return ["| value of the chart | here |", "| --- | --- |", ...lines].join("\n");
}

/** Keys in code type, remarks in brackets as they are. */
function keys(text: string): string {
    return text.replaceAll(/keep:[\w.]+/g, "`$&`");
}
