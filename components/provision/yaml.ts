import { createRequire } from "node:module";

import type * as JsYaml from "js-yaml";
import type * as Yaml from "yaml";

/**
 * Plain text that PyYAML, with which Keep reads its files, does not read as text: booleans, null, numbers, times, `<<` and `=` of
 * YAML 1.1 (PyYAML 6.0.2, yaml/resolver.py).
 */
const NOT_TEXT = new RegExp(
    [
        "yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE",
        "~|null|Null|NULL|<<|=",
        String.raw`[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+`,
        String.raw`[-+]?[1-9][\d_]*(?::[0-5]?\d)+|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*`,
        String.raw`(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)`,
        String.raw`\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?`,
    ]
        .map((pattern) => `^(?:${pattern})$`)
        .join("|"),
);

/** Numbers, booleans and null that YAML 1.1 and 1.2 read in the same way. */
const READ_ALIKE =
    /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(?:0|[1-9]\d*)|[-+]?\d+\.\d*(?:[eE][-+]\d+)?)$/;

/** What PostgreSQL or Python's UTF-8 cannot store, or YAML forbids: control characters but tabs and line ends, halves of surrogate pairs. */
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFFFE\uFFFF\p{Cs}]/u;

/** Levels of nesting. Python's readers of JSON and YAML fail at about 1000. */
const MAX_DEPTH = 100;
const TOO_DEEP = "it has too many levels";

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
    const errors =
        syntaxError === undefined
            ? nodeErrors(document, yaml, rejectsAmbiguous)
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

/** Keys that are not text, and values that YAML 1.1 reads differently. */
function nodeErrors(document: Yaml.Document.Parsed, yaml: typeof Yaml, rejectsAmbiguous: boolean) {
    const errors: { readonly offset: number | undefined; readonly message: string }[] = [];
    const report = (node: unknown, message: string) =>
        errors.push({ offset: yaml.isNode(node) ? node.range?.[0] : undefined, message });
    yaml.visit(document, {
        Pair: (_, { key }) => {
            if (yaml.isCollection(key)) {
                report(key, 'has an object as a key. Put text with braces in quotes, such as "{{ alert.name }}"');
            } else if (!yaml.isScalar(key) || !["string", "symbol"].includes(typeof key.value)) {
                report(
                    key,
                    `has the key ${yaml.isScalar(key) ? key.source : String(key)}, which is not text. Put it in quotes`,
                );
            } else if (key.value === "__proto__") {
                report(key, "has the key __proto__, which is reserved. Rename it");
            }
        },
        Scalar: (_, node) => {
            const { source = "", tag, type, value } = node;
            const isAlike = typeof value === "string" ? !NOT_TEXT.test(source) : READ_ALIKE.test(source);
            if (rejectsAmbiguous && type === "PLAIN" && tag === undefined && typeof value !== "symbol" && !isAlike) {
                report(
                    node,
                    `has the value ${source}, which YAML 1.1 and YAML 1.2 read differently. Put text in quotes; write other values as true, false, null or a decimal number`,
                );
            }
        },
    });
    return errors;
}

/** Values that cannot reach Keep as they are. */
function valueErrors(
    value: unknown,
    path: readonly PropertyKey[],
): { path: readonly PropertyKey[]; message: string }[] {
    if (path.length > MAX_DEPTH) {
        return [{ path: [], message: `${subject([])} has more than ${MAX_DEPTH} levels. Remove some` }];
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value).flatMap(([key, inner]) => [
            ...(Array.isArray(value) ? [] : valueErrors(key, path)),
            ...valueErrors(inner, [...path, key]),
        ]);
    }
    const [character] = typeof value === "string" ? (FORBIDDEN.exec(value) ?? []) : [];
    if (character !== undefined) {
        const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
        return [{ path, message: `${subject(path)} has the character U+${code}, which Keep cannot store. Remove it` }];
    }
    const isInexact = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
    return isInexact || value === Infinity || value === -Infinity || Number.isNaN(value)
        ? [
              {
                  path,
                  message: `${subject(path)} has a number that JSON cannot hold exactly. Put it in quotes, or use a smaller one`,
              },
          ]
        : [];
}

/** The beginning of a message about a field, or about the whole content. */
export function subject(field: readonly PropertyKey[]): string {
    return `is invalid: ${field.length === 0 ? "the content" : field.map(String).join(".")}`;
}

function invalid({ extension }: Pick<Format, "extension">, reason: string): string {
    return `is not valid ${extension.toUpperCase()}: ${reason.replace(/\.$/, "")}. Correct the syntax`;
}

function reasonOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
