import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type * as Yaml from "yaml";

/**
 * Folders that can contain the stack file: the repository, and the working folder of a program that uses the package.
 */
const projects = () => [join(__dirname, "..", ".."), process.cwd()];

/**
 * Returns a function that finds the position of a setting in a stack file, as file:line:column.
 * @param config values from the Pulumi CLI, by full key. A value that differs from the file, such as one of --config,
 *   has no position.
 */
export function positionsIn(
    file: string,
    config: Readonly<Record<string, string>>,
): (path: readonly string[]) => string | undefined {
    return ([key = "", ...inner]) => {
        const found = projects()
            .map((folder) => join(folder, file))
            .find(existsSync);
        if (found === undefined) {
            return undefined;
        }
        // Loaded only to report an error.
        const { isNode, LineCounter, parseDocument } = createRequire(__filename)("yaml") as typeof Yaml;
        const lineCounter = new LineCounter();
        const document = parseDocument(readFileSync(found, "utf8"), { lineCounter });
        const name = `keep:${key}`;
        const written = document.getIn(["config", name]);
        if (config[name] !== undefined && !isValue(written, config[name])) {
            return undefined;
        }
        const steps = ["config", name, ...inner.map((step) => (/^\d+$/.test(step) ? Number(step) : step))];
        for (let length = steps.length; length > 1; length--) {
            const node = document.getIn(steps.slice(0, length), true);
            if (isNode(node) && node.range) {
                const { line, col } = lineCounter.linePos(node.range[0]);
                return `${file}:${line}:${col}`;
            }
        }
        return undefined;
    };
}

/** Whether the program's value is that of the file; true for an encrypted one. */
function isValue(written: unknown, text: string): boolean {
    const value: unknown =
        typeof written === "object" && written !== null && "toJSON" in written
            ? (written as { toJSON: () => unknown }).toJSON()
            : written;
    const asText = typeof value === "string" ? value : (JSON.stringify(value) as string | undefined);
    return asText === text || asText?.includes('{"secure":') === true;
}
