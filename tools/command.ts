import { parseArgs, type ParseArgsConfig } from "node:util";

import { UserError, userMessage } from "./preview/userError";

/** Runs a command and sets its exit code. A user's mistake is printed without a stack trace, and the exit code is 2. */
export async function runCommand(run: () => number | Promise<number>): Promise<void> {
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
 * The options and names on a command line.
 * @throws UserError with the help of the command, for an option that it does not have
 */
export function parseArguments<const Options extends ParseArgsConfig["options"]>(
    args: readonly string[],
    options: Options,
    help: string,
) {
    try {
        return parseArgs({ args: [...args], allowPositionals: true, options });
    } catch (error) {
        throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    }
}
