import { parseArgs, type ParseArgsConfig } from "node:util";

import { UserError, userMessage } from "./preview/userError";

/** Runs a command and sets its exit code. For a UserError, prints only the message and exits with 2. */
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
 * Parses a command line.
 * @throws UserError with the help of the command, for an unknown option
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
