import { gt } from "semver";
import { isMap, isScalar, parseDocument } from "yaml";

import { CHANGED_DEFAULTS, type ChangedDefault, RENAMED, type Renamed } from "../../components/settings/renamed";
import { UserError } from "../preview/userError";

/** What has changed between versions, and the version that a stack file is written for. */
export interface MigrateOptions {
    /** Version that the stack file is written for. Without it only names are changed, which any version may need. */
    readonly from?: string | undefined;
    readonly renamed?: readonly Renamed[];
    readonly defaults?: readonly ChangedDefault[];
}

/** A stack file for this version. */
export interface Migrated {
    readonly text: string;
    /** What was changed, one sentence each. */
    readonly changes: readonly string[];
    /** What only the reader can decide, one sentence each. */
    readonly left: readonly string[];
}

/**
 * The same stack file for this version: settings under their names now, and, with `from`, the defaults of that version where
 * they have changed since. Comments, order and encrypted values stay.
 * @throws UserError where the text is no YAML
 */
export function migrate(text: string, options: MigrateOptions = {}): Migrated {
    const { from, renamed = RENAMED, defaults = CHANGED_DEFAULTS } = options;
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error !== undefined) {
        throw new UserError(`is not valid YAML: ${error.message}`);
    }
    const changes: string[] = [];
    const left: string[] = [];
    for (const { from: before, to, since } of renamed) {
        const [source, target] = [configPath(before), configPath(to)];
        if (!document.hasIn(source)) continue;
        if (document.hasIn(target)) {
            left.push(`keep:${before} is keep:${to} since ${since}, and both are set. Remove one of them.`);
            continue;
        }
        const parent = document.getIn(source.slice(0, -1));
        const [last = ""] = source.slice(-1);
        const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
        if (isMap(parent) && pair !== undefined && source.slice(0, -1).join() === target.slice(0, -1).join()) {
            // In its place, with the comments around it.
            if (isScalar(pair.key)) pair.key.value = target[target.length - 1];
        } else {
            const value = document.getIn(source, true);
            document.deleteIn(source);
            document.setIn(target, value);
        }
        changes.push(`keep:${before} is keep:${to} since ${since}: renamed.`);
    }
    for (const { key, was, since } of from === undefined ? [] : defaults.filter((row) => gt(row.since, from))) {
        if (document.hasIn(configPath(key))) continue;
        document.setIn(configPath(key), was);
        changes.push(`The default of keep:${key} is another one since ${since}: set to ${was}, which it was.`);
    }
    return { text: changes.length === 0 ? text : document.toString({ lineWidth: 0, indent: 4 }), changes, left };
}

/** Path of a setting in a stack file. */
function configPath(path: string): string[] {
    const [key = "", ...inner] = path.split(".");
    return ["config", `keep:${key}`, ...inner];
}
