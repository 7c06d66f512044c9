import { join, relative, resolve } from "node:path";

import { colors } from "./colors";
import { type CommandLine, parseCommandLine } from "./commandLine";
import { printDiff } from "./diff";
import { writeManifests } from "./files";
import { HELP } from "./help";
import { imagesOf } from "./images";
import { manifestsOf } from "./manifests";
import { presentProblems } from "./problems";
import { preview } from "./project";
import { report } from "./report";
import { KEY_VARIABLE, sideOf } from "./side";
import { summaryOf } from "./summary";
import type { Sink, Surroundings } from "./surroundings";
import { UserError, userMessage } from "./userError";
import { toYamlStream } from "./yaml";

/** Everything went well. */
const DONE = 0;
/** There are changes, and `--exit-code` asked to tell. */
const CHANGES = 1;
/** The user can mend it. */
const USERS_MISTAKE = 2;
/** The user cannot. */
const BUG = 3;

/** `npm start`: does what the arguments say and gives the exit code. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
    let commandLine: CommandLine | undefined;
    try {
        refuseOptionsOfNpm(surroundings.environment);
        commandLine = parseCommandLine(args);
        if (commandLine.help) {
            surroundings.stdout.write(HELP);
            return DONE;
        }
        return await run(commandLine, surroundings);
    } catch (error) {
        return explain(error, commandLine, surroundings);
    }
}

/** Without `--` before them npm takes options for its own, and we would do something else than was asked for. */
function refuseOptionsOfNpm(environment: Surroundings["environment"]): void {
    for (const option of [
        "config-base",
        "config-head",
        "diff",
        "exit-code",
        "list-images",
        "out",
        "show-secrets",
        "stdout",
    ]) {
        if ((environment[`npm_config_${option.replaceAll("-", "_")}`] ?? "") !== "") {
            throw new UserError(`npm took --${option} for itself; write -- before it: npm start -- prod --${option}`);
        }
    }
}

/** Whether a sink gets colors (https://no-color.org). */
function isColorful({ color }: CommandLine, environment: Surroundings["environment"], sink: Sink): boolean {
    return color && (environment.NO_COLOR ?? "") === "" && sink.isTTY === true;
}

async function run(commandLine: CommandLine, surroundings: Surroundings): Promise<number> {
    const { root, stdout, stderr, environment } = surroundings;
    const paint = (sink: Sink) => colors(isColorful(commandLine, environment, sink));
    const { stack, out, output, showSecrets } = commandLine;

    if (output === "diff") {
        const isEqual = await printDiff(commandLine, { ...surroundings, colors: paint(stdout) });
        return isEqual || !commandLine.exitCode ? DONE : CHANGES;
    }

    const key = environment[KEY_VARIABLE];
    const made = await preview(root, stack, { ...commandLine, ...(key === undefined ? {} : { seed: key }) });
    const manifests = manifestsOf(made.resources, showSecrets);
    switch (output) {
        case "tree":
            stdout.write(report(made, paint(stdout)));
            break;
        case "manifests":
            stderr.write(report(made, paint(stderr)));
            stdout.write(toYamlStream(manifests));
            break;
        case "json":
            stdout.write(`${JSON.stringify(summaryOf(made, manifests), null, 4)}\n`);
            break;
        case "side":
            stdout.write(JSON.stringify(sideOf(made, showSecrets, key ?? "")));
            break;
        case "images":
            stdout.write(
                imagesOf(manifests)
                    .map((image) => `${image}\n`)
                    .join(""),
            );
            break;
    }
    if (out !== undefined || output === "tree") {
        const folder = out === undefined ? join(root, ".preview", stack) : resolve(out);
        writeManifests(folder, manifests, showSecrets);
        const place = relative(process.cwd(), folder);
        (output === "tree" ? stdout : stderr).write(`Manifests: ${place.startsWith("..") ? folder : place}\n`);
    }
    return DONE;
}

/** Says what went wrong: a mistake by its message alone, anything else as the bug that it is. */
function explain(
    error: unknown,
    commandLine: CommandLine | undefined,
    { stderr, environment }: Pick<Surroundings, "environment" | "stderr">,
): number {
    const message = userMessage(error);
    const isMistake = message !== undefined;
    const debug = commandLine?.debug === true;
    const text = message ?? (error instanceof Error ? error.message : String(error));
    stderr.write(
        commandLine === undefined
            ? `${text}\n`
            : `${presentProblems(text, commandLine.overrides, colors(isColorful(commandLine, environment, stderr)))}\n`,
    );
    if (debug && error instanceof Error) {
        stderr.write(`${error.stack ?? ""}\n`);
    }
    if (!isMistake) {
        stderr.write(
            `\nThis is a bug of the program, not of your stack file.${debug ? "" : " --debug shows where."}\n`,
        );
    }
    return isMistake ? USERS_MISTAKE : BUG;
}
