import { join } from "node:path";

import { provisionRules } from "../../components/provision/rules";
import { provision } from "../../components/provision/settings";

/** What `keep:provision` would reject in directories of `root`, such as a workflow without steps. */
export function problemsOf(root: string, directories: Readonly<Record<string, string>>): string[] {
    const absolute = Object.entries(directories).map(([kind, directory]): [string, string] => [
        kind,
        join(root, directory),
    ]);
    // The schema takes relative paths, and the rules read them from where the program runs, which is the project's folder.
    const config = { ...provision.parse({}), ...Object.fromEntries(absolute) };
    return provisionRules
        .flatMap((rule) => rule({ provision: config }, () => true))
        .flatMap((issue) =>
            issue === false ? [] : [`${String(issue.value)} ${issue.message}`.replaceAll(`${root}/`, "")],
        );
}
