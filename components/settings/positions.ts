import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type * as Yaml from "yaml";

/** Folders of the project, which holds the stack files: this one, or that of a program with the package, where Pulumi runs it. */
const projects = () => [join(__dirname, "..", ".."), process.cwd()];

/**
 * Finds where a setting stands in a stack file, as file:line:column.
 * @param config what the Pulumi CLI hands over, by full key: a value that is not the file's, such as one given by --config, has no place.
 */
export function positionsIn(
    file: string,
    config: Readonly<Record<string, string>>,
): (path: readonly string[]) => string | undefined {
    return ([key = "", ...inner]) => {
        const whole = projects()
            .map((folder) => join(folder, file))
            .find(existsSync);
        if (whole === undefined) {
            return undefined;
        }
        // Loaded only where there is a mistake to tell.
        const { isNode, LineCounter, parseDocument } = createRequire(__filename)("yaml") as typeof Yaml;
        const lineCounter = new LineCounter();
        const document = parseDocument(readFileSync(whole, "utf8"), { lineCounter });
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

/** Whether a value of the file is the one that the program got; an encrypted one is taken for it. */
function isValue(written: unknown, text: string): boolean {
    const value: unknown =
        typeof written === "object" && written !== null && "toJSON" in written
            ? (written as { toJSON: () => unknown }).toJSON()
            : written;
    const asText = typeof value === "string" ? value : (JSON.stringify(value) as string | undefined);
    return asText === text || asText?.includes('{"secure":') === true;
}
