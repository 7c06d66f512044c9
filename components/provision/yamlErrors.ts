import type * as Yaml from "yaml";

/**
 * Plain text that PyYAML, with which Keep reads its files, does not read as text: booleans, null, numbers, times, `<<` and `=` of
 * YAML 1.1 (PyYAML 6.0.2, yaml/resolver.py).
 */
export const NOT_TEXT = new RegExp(
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
/** An error of a node, and where the node begins. */
interface NodeError {
    readonly offset: number | undefined;
    readonly message: string;
}

/** Keys that are not text, and with `rejectsAmbiguous` values that YAML 1.1 reads differently. */
export function nodeErrors(
    document: Yaml.Document.Parsed,
    yaml: typeof Yaml,
    rejectsAmbiguous: boolean,
): readonly NodeError[] {
    const errors: NodeError[] = [];
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
        Scalar: (position, node, ancestors) => {
            const { source = "", tag, type, value } = node;
            const isAlike = typeof value === "string" ? !NOT_TEXT.test(source) : READ_ALIKE.test(source);
            if (rejectsAmbiguous && type === "PLAIN" && tag === undefined && typeof value !== "symbol" && !isAlike) {
                // Not the value, which may be a password.
                const field = fieldOf([...ancestors, node], yaml);
                const what = position === "key" ? `the key ${source} without quotes` : "a value without quotes";
                const others =
                    position === "key" ? "" : "; write other values as true, false, null or a decimal number";
                report(
                    node,
                    `${subject(field)} has ${what}, which YAML 1.1 and YAML 1.2 read differently. Put text in quotes${others}`,
                );
            }
        },
    });
    return errors;
}

/** Keys and indices that lead to the last of some nodes, each of which contains the next. */
function fieldOf(nodes: readonly unknown[], yaml: typeof Yaml): PropertyKey[] {
    return nodes.flatMap((node, index): PropertyKey[] =>
        yaml.isPair(node) && yaml.isScalar(node.key) && node.key !== nodes[index + 1]
            ? [String(node.key.value)]
            : yaml.isSeq(node)
              ? [node.items.indexOf(nodes[index + 1])]
              : [],
    );
}

/** Values that cannot reach Keep as they are. */
export function valueErrors(
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
