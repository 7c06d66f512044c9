import type { Colors } from "./colors";
import { overriddenPath } from "./overrides";

/** A line of the error message (components/settings/issues.ts): position, setting, and the rest. */
const PROBLEM = /^( {2}- )(\S+:\d+:\d+ )?(keep:\S+)(.*)$/;

/**
 * Formats the errors of a stack file for a terminal. Marks the settings that come from `--config`, because these have
 * no position in the file.
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
