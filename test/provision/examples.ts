import { readFileSync } from "node:fs";
import { join } from "node:path";

import { snippetsOf } from "../docs/snippets";

/** The files that the page about provisioning shows, by path below `provision`. Its dashboard is JSON, which has no comments. */
export function exampleFiles(): Record<string, string> {
    const page = readFileSync(join(__dirname, "../../docs/as-code.md"), "utf8");
    return Object.fromEntries(
        snippetsOf(page).flatMap(({ language, text }) => {
            const [, path] = /^# provision\/(\S+)\n/.exec(text) ?? [];
            return language === "json"
                ? [["dashboards/overview.json", text]]
                : path === undefined
                  ? []
                  : [[path, `${text}\n`]];
        }),
    );
}
