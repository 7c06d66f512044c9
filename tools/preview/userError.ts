import { RunError } from "@pulumi/pulumi";

/** An error of the user. Commands print only its message, and exit with 2. */
export class UserError extends Error {}

/** Fixes for errors of the operating system (https://nodejs.org/api/errors.html#common-system-errors). */
const FIXES: Readonly<Record<string, string>> = {
    EACCES: "Choose a path to which you have access, or change its permissions",
    EEXIST: "Name a folder, not a file",
    EDQUOT: "Free some space",
    EISDIR: "Name a file, not a folder",
    ELOOP: "Remove the circular link",
    ENAMETOOLONG: "Shorten the path",
    ENOENT: "Name a path that exists",
    ENOSPC: "Free some space on the disk",
    ENOTDIR: "Name a folder, not a file",
    EPERM: "Choose a path to which you have access, or change its permissions",
    EROFS: "Choose a path on a disk that can be written to",
};

/** The message of an error that the user can fix; undefined for a bug in the program. */
export function userMessage(error: unknown): string | undefined {
    if (error instanceof AggregateError) {
        const messages = error.errors.map(userMessage);
        return messages.every((message) => message !== undefined) ? error.message : undefined;
    }
    if (error instanceof UserError || RunError.isInstance(error)) {
        return error.message;
    }
    // A prompt that the user ends with Ctrl-C (@inquirer/prompts).
    if (error instanceof Error && error.name === "ExitPromptError") {
        return "Canceled. Nothing was written.";
    }
    if (error instanceof Error && "code" in error && "syscall" in error) {
        const fix = Object.entries(FIXES).find(([code]) => code === error.code)?.[1];
        return fix === undefined ? undefined : `${error.message}. ${fix}.`;
    }
    return undefined;
}
