import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { parse, stringify } from "yaml";

import { type Converted, convert } from "./fromChart/convert";
import { isRecord } from "./fromChart/row";
import { CHART_VERSION } from "./fromChart/rows";
import { quoted } from "./shell/quoted";

const USAGE = `Turns values of Keep's Helm chart (${CHART_VERSION}) into a stack file.

  npm run --silent from-chart -- values.yaml > Pulumi.mine.yaml
  npm run --silent from-chart -- values.yaml --adopt <release> --namespace <namespace> > Pulumi.mine.yaml

With --adopt, the stack goes on with the data of a running release, and the commands of the move are printed as well.

The stack file goes to standard output; commands for its secrets, notes, and values without a counterpart go to standard error.`;

/** A stack file's text. */
export function stackFile({ settings }: Converted): string {
    const config = Object.fromEntries(
        Object.entries(settings)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [`keep:${key}`, value]),
    );
    return `# yaml-language-server: $schema=docs/stack.schema.json\n${stringify({ config }, { indent: 4 })}`;
}

/** What the reader of a stack file has to do and to know. */
export function remarks({ secrets, notes, left, steps }: Converted): string {
    const section = (title: string, lines: readonly string[]) =>
        lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ""];
    return [
        ...section(
            "Secrets, to be set once",
            Object.entries(secrets).map(([key, value]) => `pulumi config set --secret keep:${key} -- ${quoted(value)}`),
        ),
        ...section("To do, or to know", notes),
        ...section("Steps, explained in docs/from-the-chart.md", steps),
        ...section(
            "Values without a counterpart",
            left.map(({ value, because }) => `${value}: ${because}`),
        ),
    ].join("\n");
}

function main(): number {
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: { help: { type: "boolean", short: "h" }, adopt: { type: "string" }, namespace: { type: "string" } },
    });
    const [file] = positionals;
    const { adopt: helmRelease, namespace } = values;
    if (values.help === true || file === undefined || positionals.length > 1) {
        console.error(USAGE);
        return values.help === true ? 0 : 2;
    }
    if ((helmRelease === undefined) !== (namespace === undefined)) {
        console.error("--adopt and --namespace go together: a release has its name in one namespace only.");
        return 2;
    }
    const given: unknown = parse(readFileSync(file, "utf8")) ?? {};
    if (!isRecord(given)) {
        console.error(`${file} holds no values: expected a YAML object, as helm takes it with --values.`);
        return 2;
    }
    const adoption = helmRelease === undefined || namespace === undefined ? undefined : { helmRelease, namespace };
    const converted = convert(given, adoption);
    process.stdout.write(stackFile(converted));
    console.error(remarks(converted));
    return 0;
}

if (require.main === module) {
    try {
        process.exitCode = main();
    } catch (error) {
        console.error(error instanceof Error ? error.message : String(error));
        process.exitCode = 2;
    }
}
