import type { Colors } from "./colors";
import { overriddenPath } from "./overrides";

/** A problem as the program prints it (components/settings/issues.ts): place, setting, and the rest. */
const PROBLEM = /^( {2}- )(\S+:\d+:\d+ )?(keep:\S+)(.*)$/;

/**
 * The problems of a stack file for the reader of a terminal: those that --config gave are marked as such, since no line of the file has
 * them.
 */
export function presentProblems(message: string, overrides: readonly string[], { bold, dim, red }: Colors): string {
    const overridden = overrides.map(overriddenPath);
    const isOverridden = (key: string) =>
        overridden.some((path) => `${key}.`.startsWith(`${path}.`) || path.startsWith(`${key}.`));
    return message
        .split("\n")
        .map((line) => {
            const [, mark, place, key, rest] = PROBLEM.exec(line) ?? [];
            if (mark === undefined || key === undefined) {
                return /^\d+ problems? in /.test(line) ? red(line) : line;
            }
            const origin = place ?? (isOverridden(key) ? "given by --config: " : "");
            return `${mark}${dim(origin)}${bold(key)}${rest ?? ""}`;
        })
        .join("\n");
}
