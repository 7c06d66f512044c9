import { createRequire } from "node:module";

import type * as JsYaml from "js-yaml";
import type * as Yaml from "yaml";

import { nodeErrors, NOT_TEXT, valueErrors } from "./yamlErrors";

const TOO_DEEP = "it has too many levels";

const ONLY_YAML = "it has a comment, single quotes, a comma before } or ], or something else that JSON does not have";

/** Reasons for errors of the parser that it words for programmers. */
const REASONS: Readonly<Record<string, string>> = {
    MULTIPLE_DOCS: "it has several documents, which need a file each",
    RESOURCE_EXHAUSTION: TOO_DEEP,
};

/** An error in a text. */
export interface TextError {
    readonly line: number;
    /** The rest of a sentence that begins with the file. */
    readonly message: string;
}

/** What a text contains, and where. */
export interface Parsed {
    /** Undefined if there are errors. */
    readonly content: unknown;
    readonly errors: readonly TextError[];
    /** Line of a field; if it is missing, of the innermost object around it. */
    readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** How to read a text. */
export interface Format {
    readonly extension: "yaml" | "json";
    /** Whether values are rejected that YAML 1.1 and 1.2 read differently: nothing else checks the type of most of them. */
    readonly rejectsAmbiguous: boolean;
}

/** Parses a text in YAML 1.2, or in JSON. */
export function parse(text: string, format: Format): Parsed {
    try {
        return parseDocument(text, format);
    } catch (error) {
        // Too many levels, or an alias without its anchor or with too many copies.
        const reason = error instanceof RangeError ? TOO_DEEP : reasonOf(error);
        return { content: undefined, errors: [{ line: 1, message: invalid(format, reason) }], lineOf: () => 1 };
    }
}

/** Writes YAML that PyYAML and YAML 1.2 read in the same way. Leaves out what is undefined. */
export function stringify(content: object): string {
    const { DEFAULT_SCHEMA, dump, Type } = createRequire(__filename)("js-yaml") as typeof JsYaml;
    // js-yaml quotes the texts that one of its types takes.
    const quoted = new Type("tag:quoted", {
        kind: "scalar",
        resolve: (text: unknown) => NOT_TEXT.test(String(text)) || !Number.isNaN(Number(text)),
    });
    const schema = DEFAULT_SCHEMA.extend({ implicit: [quoted] });
    return dump(content, { lineWidth: -1, noRefs: true, skipInvalid: true, schema });
}

/**
 * Reads YAML that PyYAML has written, such as a workflow in Keep: there, 1e3 and 08 are text.
 * @throws where it is not YAML.
 */
export function parseKeepYaml(text: string): unknown {
    const yaml = createRequire(__filename)("yaml") as typeof Yaml;
    const document = yaml.parseDocument(text, { prettyErrors: false, schema: "core" });
    const [error] = document.errors;
    if (error !== undefined) {
        throw error;
    }
    yaml.visit(document, {
        Scalar: (_, node) => {
            if (node.type === "PLAIN" && typeof node.value === "number" && !NOT_TEXT.test(node.source ?? "")) {
                node.value = node.source;
            }
        },
    });
    return document.toJS();
}

function parseDocument(text: string, { extension, rejectsAmbiguous }: Format): Parsed {
    // Loaded only if the stack provisions files.
    const yaml = createRequire(__filename)("yaml") as typeof Yaml;
    const lines = new yaml.LineCounter();
    const document = yaml.parseDocument(text, {
        lineCounter: lines,
        prettyErrors: false,
        // Given, so that a directive such as %YAML 1.1 does not choose another.
        schema: extension === "json" ? "json" : "core",
        merge: extension === "yaml",
        resolveKnownTags: false,
    });
    const lineAt = (offset = 0) => lines.linePos(offset).line;
    const lineOf = (path: readonly PropertyKey[]) => {
        const nodes = path.map((_, index) => document.getIn(path.slice(0, path.length - index), true));
        const node = [...nodes, document.contents].find((found) => yaml.isNode(found));
        return yaml.isNode(node) ? lineAt(node.range?.[0]) : 1;
    };
    // One error leads to others, so only the first is reported. An unknown tag is only a warning.
    const [syntaxError] = [
        ...document.errors.filter(({ code }) => code !== "TAG_RESOLVE_FAILED"),
        ...document.errors,
        ...document.warnings,
    ];
    const notJson = extension === "json" && syntaxError === undefined ? offsetOfNotJson(text) : undefined;
    const errors =
        syntaxError === undefined
            ? notJson === undefined
                ? nodeErrors(document, yaml, rejectsAmbiguous)
                : [{ offset: notJson, message: invalid({ extension }, ONLY_YAML) }]
            : [
                  {
                      offset: syntaxError.pos[0],
                      message: invalid({ extension }, REASONS[syntaxError.code] ?? syntaxError.message),
                  },
              ];
    if (errors.length > 0) {
        return {
            content: undefined,
            errors: errors.map(({ offset, message }) => ({ line: lineAt(offset), message })),
            lineOf,
        };
    }
    const content = document.toJS() as unknown;
    return {
        content,
        errors: valueErrors(content, []).map(({ path, message }) => ({ line: lineOf(path), message })),
        lineOf,
    };
}

/** Where text is no JSON, as far as the runtime tells; undefined if it is. */
function offsetOfNotJson(text: string): number | undefined {
    try {
        JSON.parse(text);
        return undefined;
    } catch (error) {
        const [, position] = /at position (\d+)/.exec(reasonOf(error)) ?? [];
        return position === undefined ? Math.max(0, text.search(/,\s*[}\]]/)) : Number(position);
    }
}

function invalid({ extension }: Pick<Format, "extension">, reason: string): string {
    return `is not valid ${extension.toUpperCase()}: ${reason.replace(/\.$/, "")}. Correct the syntax`;
}

function reasonOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
