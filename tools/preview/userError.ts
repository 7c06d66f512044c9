import { RunError } from "@pulumi/pulumi";

/** A mistake of the user, told by its message alone; commands end with exit code 2. */
export class UserError extends Error {}

/** What the operating system says no to, and what a user can do about it (https://nodejs.org/api/errors.html#common-system-errors). */
const REFUSALS: Readonly<Record<string, string>> = {
    EACCES: "Choose a path that you may use, or change its permissions",
    EEXIST: "Name a folder, not a file",
    EDQUOT: "Free some space",
    EISDIR: "Name a file, not a folder",
    ELOOP: "Remove the circular link",
    ENAMETOOLONG: "Shorten the path",
    ENOENT: "Name a path that exists",
    ENOSPC: "Free some space on the disk",
    ENOTDIR: "Name a folder, not a file",
    EPERM: "Choose a path that you may use, or change its permissions",
    EROFS: "Choose a path on a disk that can be written to",
};

/** What to tell the user of an error that is theirs to correct; undefined for a bug of the program. */
export function userMessage(error: unknown): string | undefined {
    if (error instanceof AggregateError) {
        const messages = error.errors.map(userMessage);
        return messages.every((message) => message !== undefined) ? error.message : undefined;
    }
    if (error instanceof UserError || RunError.isInstance(error)) {
        return error.message;
    }
    if (error instanceof Error && "code" in error && "syscall" in error) {
        const wayOut = Object.entries(REFUSALS).find(([code]) => code === error.code)?.[1];
        return wayOut === undefined ? undefined : `${error.message}. ${wayOut}.`;
    }
    return undefined;
}
