import { CHART_VERSION, rows } from "./rows";

/** `docs/from-the-chart.md`: every value of the chart, and what takes its place. */
export function chartTable(): string {
    const lines = rows.map(({ value, key, because }) => `| \`${value}\` | ${because ?? keys(key ?? "")} |`);
    return `# From Keep's Helm chart

What takes the place of each value of the chart (keephq/helm-charts, charts/keep ${CHART_VERSION}); a value stands for all that is
below it. To turn your own values into a stack file:

\`\`\`sh
npm run --silent from-chart -- values.yaml > Pulumi.mine.yaml
\`\`\`

The stack file goes to standard output. Commands for its secrets, things to know, and values without a counterpart, each with the
reason, go to standard error: nothing is dropped in silence.

| value of the chart | here |
| --- | --- |
${lines.join("\n")}
`;
}

/** Keys in code type, remarks in brackets as they are. */
function keys(text: string): string {
    return text.replaceAll(/keep:[\w.]+/g, "`$&`");
}
