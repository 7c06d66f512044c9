import { parseArgs, type ParseArgsConfig } from "node:util";

import { UserError, userMessage } from "./preview/userError";

/** Runs a command and sets its exit code. For a UserError, prints only the message and exits with 2. */
export async function runCommand(run: () => number | Promise<number>): Promise<void> {
    // A reader that closes the pipe early, such as head, makes no error. A full disk does.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            console.error(userMessage(error) ?? error.message);
            process.exit(2);
        }
    });
    try {
        process.exitCode = await run();
    } catch (error) {
        const message = userMessage(error);
        if (message === undefined) {
            throw error;
        }
        console.error(message);
        process.exitCode = 2;
    }
}

/**
 * Parses a command line.
 * @throws UserError with the help of the command, for an unknown option, one without a value, and one that is given twice
 */
export function parseArguments<const Options extends NonNullable<ParseArgsConfig["options"]>>(
    args: readonly string[],
    options: Options,
    help: string,
) {
    try {
        const parsed = parseArgs({ args: [...args], allowPositionals: true, options, tokens: true });
        const given = parsed.tokens.filter((token) => token.kind === "option");
        for (const { name, rawName, value } of given) {
            if (value?.trim() === "") {
                throw new Error(`${rawName} needs a value.`);
            }
            // parseArgs takes the last one.
            if (
                options[name]?.type === "string" &&
                options[name].multiple !== true &&
                given.filter((other) => other.name === name).length > 1
            ) {
                throw new Error(`${rawName} is given twice. Give it once.`);
            }
        }
        return parsed;
    } catch (error) {
        throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    }
}
