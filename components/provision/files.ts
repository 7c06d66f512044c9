import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What may be provisioned from files. */
export type Provisioned = "workflows" | "mappings" | "dashboards";

/** Names of the files that count; others may stand beside them. */
const NAMES: Readonly<Record<Provisioned, RegExp>> = {
    workflows: /\.ya?ml$/,
    mappings: /\.ya?ml$/,
    dashboards: /\.json$/,
};

/** Whether a setting names a directory that exists. */
export function isDirectory(path: string): boolean {
    return existsSync(path) && statSync(path).isDirectory();
}

/** Texts of the files of a directory that are of the right kind, by name and in order; nothing without a directory. */
export function filesOf(kind: Provisioned, directory: string | undefined): Record<string, string> {
    if (directory === undefined) {
        return {};
    }
    const names = readdirSync(directory)
        .filter((name) => NAMES[kind].test(name) && statSync(join(directory, name)).isFile())
        .sort();
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), "utf8")]));
}

/** Keep takes dashboards as one JSON list. */
export function dashboardList(texts: readonly string[]): string {
    return `[${texts.join(",")}]`;
}
