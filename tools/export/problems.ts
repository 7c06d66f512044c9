import { join } from "node:path";

import type { DatabaseConfig } from "../../components/database/settings";
import { provisionRules } from "../../components/provision/rules";
import { provision } from "../../components/provision/settings";

/** Errors that `keep:provision` would report for directories in `root`, such as a workflow without steps. */
export function problemsOf(
    root: string,
    directories: Readonly<Record<string, string>>,
    database: DatabaseConfig,
): string[] {
    const absolute = Object.entries(directories).map(([kind, directory]): [string, string] => [
        kind,
        join(root, directory),
    ]);
    // The schema accepts only relative paths. The rules would resolve these from the current folder, which may not be
    // `root`.
    const config = { ...provision.parse({}), ...Object.fromEntries(absolute) };
    return provisionRules
        .flatMap((rule) => rule({ provision: config, database }, () => true))
        .flatMap((issue) =>
            issue === false ? [] : [`${String(issue.value)} ${issue.message}`.replaceAll(`${root}/`, "")],
        );
}
