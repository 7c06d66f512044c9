import { valid } from "semver";
import type * as z from "zod";

import { adopt } from "../components/adoption/settings";
import { parseArguments, runCommand } from "./command";
import { type Converted, convert } from "./fromChart/convert";
import { remarks } from "./fromChart/remarks";
import { CHART_VERSION } from "./fromChart/rows";
import { readSources, type ValuesFile } from "./fromChart/source";
import { engineYaml } from "./preview/engineYaml";
import { UserError } from "./preview/userError";
import { readText } from "./textFile";

const USAGE = `Converts values of Keep's Helm chart (up to version ${CHART_VERSION}) to a stack file.

  npm run --silent from-chart -- values.yaml [more.yaml …] > Pulumi.mine.yaml
  helm get values keep -n keep -o yaml | npm run --silent from-chart -- - > Pulumi.mine.yaml

Later files override earlier ones, as with helm --values. A file may also be an Argo CD Application, a Flux
HelmRelease, or the values of an umbrella chart with the key keep. Use - for standard input.

  --chart-version <version>  version of the chart, as helm list shows it; default: the version in the Application or
                             HelmRelease, otherwise any version that has the values
  --adopt <release>          keep the data of a running release; also prints the commands of the migration
  --namespace <namespace>    namespace of that release
  -h, --help                 prints this help

Prints the stack file to standard output. Prints the commands for its secrets, notes, and values without a counterpart
to standard error.

Exit codes: 0 success, 2 an error in a file or on the command line.`;

const OPTIONS = {
    adopt: { type: "string" },
    "chart-version": { type: "string" },
    help: { type: "boolean", short: "h" },
    namespace: { type: "string" },
} as const;

/** A stack file's text. */
export function stackFile({ settings }: Converted): string {
    const config = Object.fromEntries(
        Object.entries(settings)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [`keep:${key}`, value]),
    );
    return `# yaml-language-server: $schema=docs/stack.schema.json\n${engineYaml({ config })}`;
}

/** Converts the files on the command line. Returns the exit code. */
function main(args: readonly string[]): number {
    const { values: options, positionals } = parseArguments(args, OPTIONS, USAGE);
    if (options.help === true || positionals.length === 0) {
        console.error(USAGE);
        return options.help === true ? 0 : 2;
    }
    const { adopt: helmRelease, namespace } = options;
    if ((helmRelease === undefined) !== (namespace === undefined)) {
        throw new UserError(
            "--adopt and --namespace need each other: the name of a release is unique only in its namespace. Set both.",
        );
    }
    // The printed commands contain both names.
    requireName("adopt", adopt.shape.helmRelease, helmRelease);
    requireName("namespace", adopt.shape.namespace, namespace);
    const chartVersion = options["chart-version"];
    if (chartVersion !== undefined && valid(chartVersion) === null) {
        throw new UserError(
            `--chart-version ${chartVersion} is not a version of the chart. Give one such as ${CHART_VERSION}, as helm list shows it after keep-.`,
        );
    }
    const source = readSources(positionals.map(readValues));
    const converted = convert(source.values, {
        chartVersion: chartVersion ?? source.chartVersion,
        adoption: helmRelease === undefined || namespace === undefined ? undefined : { helmRelease, namespace },
    });
    process.stdout.write(stackFile(converted));
    console.error(remarks({ ...converted, left: [...source.left, ...converted.left] }));
    return 0;
}

function requireName(option: string, schema: z.ZodType, name: string | undefined): void {
    const { error } = schema.safeParse(name);
    if (name !== undefined && error !== undefined) {
        const reasons = error.issues.map(({ message }) => message).join("; ");
        throw new UserError(
            `--${option} ${JSON.stringify(name)} ${reasons}. helm list --all-namespaces shows the name.`,
        );
    }
}

/** A file's text, or that of standard input for `-`. */
function readValues(name: string): ValuesFile {
    try {
        return { name, text: readText(name) };
    } catch (error) {
        if (error instanceof UserError) {
            throw error;
        }
        throw new UserError(`${name}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}

if (require.main === module) {
    void runCommand(() => main(process.argv.slice(2)));
}
