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

const SUCCESS = 0;
/** With `--exit-code`. */
const CHANGES = 1;
const USER_ERROR = 2;
const BUG = 3;

/** Runs `npm start`. Returns the exit code. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
    let commandLine: CommandLine | undefined;
    try {
        rejectOptionsOfNpm(surroundings.environment);
        commandLine = parseCommandLine(args);
        if (commandLine.help) {
            surroundings.stdout.write(HELP);
            return SUCCESS;
        }
        return await run(commandLine, surroundings);
    } catch (error) {
        return explain(error, commandLine, surroundings);
    }
}

/** Without a preceding `--`, npm reads the options as its own, and this command would ignore them. */
function rejectOptionsOfNpm(environment: Surroundings["environment"]): void {
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
            throw new UserError(
                `npm read --${option} as its own option. Write -- before it: npm start -- prod --${option}`,
            );
        }
    }
}

/** Whether to print colors (https://no-color.org). */
function isColorful({ color }: CommandLine, environment: Surroundings["environment"], sink: Sink): boolean {
    return color && (environment.NO_COLOR ?? "") === "" && sink.isTTY === true;
}

async function run(commandLine: CommandLine, surroundings: Surroundings): Promise<number> {
    const { root, stdout, stderr, environment } = surroundings;
    const paint = (sink: Sink) => colors(isColorful(commandLine, environment, sink));
    const { stack, out, output, showSecrets } = commandLine;

    if (output === "diff") {
        const isEqual = await printDiff(commandLine, { ...surroundings, colors: paint(stdout) });
        return isEqual || !commandLine.exitCode ? SUCCESS : CHANGES;
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
    return SUCCESS;
}

/** Prints an error: a user's error as its message only, any other error as a bug. Returns the exit code. */
function explain(
    error: unknown,
    commandLine: CommandLine | undefined,
    { stderr, environment }: Pick<Surroundings, "environment" | "stderr">,
): number {
    const message = userMessage(error);
    const isUserError = message !== undefined;
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
    if (!isUserError) {
        stderr.write(
            `\nThis is a bug in the program, not an error in your stack file.${debug ? "" : " For a stack trace, add --debug."}\n`,
        );
    }
    return isUserError ? USER_ERROR : BUG;
}
