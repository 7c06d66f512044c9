import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type * as Yaml from "yaml";

import { type Kind, kindOf } from "./kinds";

/** Whether a setting names a directory that exists. */
export function isDirectory(path: string): boolean {
    return existsSync(path) && statSync(path).isDirectory();
}

/** Names in a directory, in order, that have the extension of a kind; other files may be beside them. */
export function namesOf(kind: Kind, directory: string): string[] {
    const pattern = kindOf(kind).extension === "yaml" ? /\.ya?ml$/ : /\.json$/;
    return readdirSync(directory)
        .filter((name) => pattern.test(name))
        .sort();
}

/** Texts of the files of a kind, by name and in order. */
export function filesOf(kind: Kind, directory: string): Record<string, string> {
    const names = namesOf(kind, directory).filter((name) => statSync(join(directory, name)).isFile());
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}

/** What a text in YAML or JSON holds, and where. */
export interface Parsed {
    readonly content: unknown;
    readonly error: { readonly line: number; readonly reason: string } | undefined;
    /** Line of a field, or of the innermost object around it that is there. */
    readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** What a document holds; an alias without its anchor, or too many of them, is a mistake only then. */
function contentOf(document: Yaml.Document): Pick<Parsed, "content" | "error"> {
    try {
        return { content: document.toJS() as unknown, error: undefined };
    } catch (error) {
        return {
            content: undefined,
            error: { line: 1, reason: error instanceof Error ? error.message : String(error) },
        };
    }
}

/** Parses a text in YAML, of which JSON is a part. */
export function parse(text: string): Parsed {
    // Loaded only where something is provisioned.
    const { isNode, LineCounter, parseDocument } = createRequire(__filename)("yaml") as typeof Yaml;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [mistake] = document.errors;
    return {
        ...(mistake === undefined
            ? contentOf(document)
            : { content: undefined, error: { line: lines.linePos(mistake.pos[0]).line, reason: mistake.message } }),
        lineOf: (path) => {
            const nodes = path.map((_, index) => document.getIn(path.slice(0, path.length - index), true));
            const node = [...nodes, document.contents].find((found) => isNode(found));
            return isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1;
        },
    };
}

/**
 * What Keep is given of a kind, as the files of a ConfigMap: the files themselves where Keep reads them, else one JSON list of objects
 * with all fields, null where a file has none.
 */
export function dataOf(kind: Kind, directory: string): Record<string, string> {
    const files = filesOf(kind, directory);
    const { variable, shape, fields } = kindOf(kind);
    if (variable !== undefined) {
        return files;
    }
    const contents = Object.values(files).map((text) => {
        const content = shape.parse(parse(text).content) as Readonly<Record<string, unknown>>;
        return Object.fromEntries(fields.map((field) => [field, content[field] ?? null]));
    });
    return { [`${kind}.json`]: JSON.stringify(contents, null, 4) };
}
