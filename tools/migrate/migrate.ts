import { gt } from "semver";
import { type Document, isMap, isScalar, parseDocument, visit } from "yaml";

import { CHANGED_DEFAULTS, type ChangedDefault, RENAMED, type Renamed } from "../../components/settings/renamed";
import { UserError } from "../preview/userError";
import { yamlReason } from "../preview/yamlReason";

/** The changes between versions, and the version of the stack file. */
export interface MigrateOptions {
    /** Version that the stack file is written for; undefined: change only names, not defaults. */
    readonly from?: string | undefined;
    readonly renamed?: readonly Renamed[];
    readonly defaults?: readonly ChangedDefault[];
}

/** The migrated stack file. */
export interface Migrated {
    readonly text: string;
    /** Messages about changes. */
    readonly changes: readonly string[];
    /** Messages about changes that the user must make. */
    readonly left: readonly string[];
}

/**
 * Migrates a stack file to this version: renames settings and, with `from`, adds the defaults of that version that have
 * changed since. Keeps comments, order and encrypted values.
 * @throws UserError if the text is not valid YAML, or not a stack file
 */
export function migrate(text: string, options: MigrateOptions = {}): Migrated {
    const { from, renamed = RENAMED, defaults = CHANGED_DEFAULTS } = options;
    // With another schema, `0400` would be the number 400, and written as such.
    const document = parseDocument(text, { schema: "failsafe" });
    const [error] = document.errors;
    if (error !== undefined) {
        throw new UserError(`is not valid YAML: ${yamlReason(error.message)}`);
    }
    const config = isMap(document.contents) ? document.get("config", true) : undefined;
    if (!isMap(document.contents) || (config !== undefined && !isMap(config) && !isEmpty(config))) {
        throw new UserError(
            "is not a stack file: its settings must be below config:. Write them as in Pulumi.dev.yaml",
        );
    }
    const changes: string[] = [];
    const left: string[] = [];
    for (const { from: before, to, since } of renamed) {
        const [source, target] = [configPath(before), configPath(to)];
        if (!document.hasIn(source)) continue;
        if (document.hasIn(target)) {
            left.push(`keep:${before} was renamed to keep:${to} in ${since}, and both are set. Remove one of them.`);
            continue;
        }
        const fault = unwritable(document, to);
        if (fault !== undefined) {
            left.push(`keep:${before} was renamed to keep:${to} in ${since}, but ${fault}. Rename it there.`);
            continue;
        }
        const parent = document.getIn(source.slice(0, -1));
        const [last = ""] = source.slice(-1);
        const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
        if (isMap(parent) && pair !== undefined && source.slice(0, -1).join() === target.slice(0, -1).join()) {
            // Renaming the key in place keeps the comments around it.
            if (isScalar(pair.key)) pair.key.value = target[target.length - 1];
        } else {
            const value = document.getIn(source, true);
            document.deleteIn(source);
            set(document, target, value);
        }
        changes.push(`renamed keep:${before} to keep:${to} (changed in ${since}).`);
    }
    for (const { key, was, since } of from === undefined ? [] : defaults.filter((row) => gt(row.since, from))) {
        if (document.hasIn(configPath(key))) continue;
        const [top = ""] = key.split(".");
        const fault =
            document.has("environment") && !document.hasIn(configPath(top))
                ? "environment can set it"
                : unwritable(document, key);
        if (fault !== undefined) {
            left.push(
                `keep:${key} was ${was} by default before ${since}, and ${fault}. If it is not set there, set it to ${was}.`,
            );
            continue;
        }
        set(document, configPath(key), was);
        changes.push(`set keep:${key} to ${was}, its default before ${since}.`);
    }
    return { text: changes.length === 0 ? text : written(document, text.includes("\r\n")), changes, left };
}

/** The document as text, with the line ends of the file. */
function written(document: Document, hasCrlf: boolean): string {
    visit(document, {
        Scalar(_, node) {
            // For a block that begins with spaces, yaml always writes the indentation 2 (stringifyString.js, blockString).
            if (node.type?.startsWith("BLOCK") === true && /^\n* /.test(String(node.value))) {
                node.type = "QUOTE_DOUBLE";
            }
        },
    });
    const text = document.toString({ lineWidth: 0, indent: 4 });
    return hasCrlf ? text.replaceAll("\n", "\r\n") : text;
}

/** Why a setting cannot be written; undefined if it can. */
function unwritable(document: Document, path: string): string | undefined {
    if (document.hasIn(["config", `keep:${path}`])) {
        return path.includes(".") ? `the file has the key keep:${path}, which is no path` : undefined;
    }
    const [key = "", ...inner] = configPath(path).slice(1);
    const parents = inner.map((_, index) => ["config", key, ...inner.slice(0, index)]);
    const other = parents.find((parent) => {
        const node = document.getIn(parent, true);
        return node !== undefined && !isEmpty(node) && (!isMap(node) || node.has("secure"));
    });
    return other && `${other.slice(1).join(".")} is an encrypted value or a text`;
}

/** Sets a value. Parents without a value become maps. */
function set(document: Document, path: readonly string[], value: unknown): void {
    for (const [index] of path.entries()) {
        const parent = path.slice(0, index);
        if (index > 0 && isEmpty(document.getIn(parent, true))) {
            document.setIn(parent, document.createNode({}));
        }
    }
    document.setIn(path, value);
}

/** Whether a node is a key without a value. */
function isEmpty(node: unknown): boolean {
    return isScalar(node) && node.type === "PLAIN" && /^(~|null|Null|NULL)?$/.test(node.source ?? "");
}

/** Path of a setting in a stack file. */
function configPath(path: string): string[] {
    const [key = "", ...inner] = path.split(".");
    return ["config", `keep:${key}`, ...inner];
}
