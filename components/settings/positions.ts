import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type * as Yaml from "yaml";

import { namesOfSettings } from "./outsideConfig";

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
        const text = textOf(file);
        if (text === undefined) {
            return undefined;
        }
        const { isNode, LineCounter, parseDocument } = loadYaml();
        const lineCounter = new LineCounter();
        const document = parseDocument(text, { lineCounter });
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

/**
 * The keys of settings that a stack file has beside `config:`. The Pulumi CLI reads only its own keys there, which have no colon
 * (pulumi/pulumi, sdk/go/common/workspace/project.go, ProjectStack), and ignores all others.
 */
export function keysOutsideConfig(file: string): string[] {
    const text = textOf(file) ?? "";
    if (!/^["']?[\w.-]+:[^\s:]+\s*:/m.test(text)) {
        return [];
    }
    const { isMap, isScalar, parseDocument } = loadYaml();
    const { contents, errors } = parseDocument(text);
    // Pulumi's parser accepts some files that this one does not, such as those with quoted text that is not indented.
    return isMap(contents) && errors.length === 0
        ? namesOfSettings(contents.items.map(({ key }) => (isScalar(key) ? key.value : key)))
        : [];
}

function textOf(file: string): string | undefined {
    const found = projects()
        .map((folder) => join(folder, file))
        .find(existsSync);
    return found === undefined ? undefined : readFileSync(found, "utf8");
}

/** Loads the parser, which only errors need. */
function loadYaml(): typeof Yaml {
    return createRequire(__filename)("yaml") as typeof Yaml;
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
