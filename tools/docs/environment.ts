import { readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";
import * as z from "zod";

import { onlyStoreOf } from "../../components/secretStore/settings";
import { reservedEnv } from "../../components/settings/managedEnv";

const described = z.record(z.string(), z.tuple([z.string(), z.string(), z.string()]));
const reasons = z.record(z.string(), z.string());

const table = z.strictObject({ process: described, frontend: described, avoid: reasons, unread: reasons });

/** Variables of Keep that no setting sets, from environment.yaml. */
export function unmanagedVariables(): z.infer<typeof table> {
    return table.parse(load(readFileSync(join(__dirname, "environment.yaml"), "utf8")));
}

/** The tables of docs/environment.md, by the names of their sections. */
export function environmentTables(): Readonly<Record<string, string>> {
    const { process, frontend, avoid, unread } = unmanagedVariables();
    return {
        process: describedTable(process),
        frontend: describedTable(frontend),
        avoid: rows(
            ["variable", "reason"],
            Object.entries(avoid).map(([name, reason]) => [code(name), reason]),
        ),
        unread: rows(
            ["variable", "reason"],
            Object.entries(unread).map(([name, reason]) => [code(name), reason]),
        ),
        decided: decidedTable(),
    };
}

function describedTable(variables: z.infer<typeof described>): string {
    return rows(
        ["variable", "default", "effect", "read in"],
        Object.entries(variables).map(([name, [byDefault, effect, source]]) => [
            code(name),
            /^\S+$/.test(byDefault) ? code(byDefault) : byDefault,
            effect,
            code(source),
        ]),
    );
}

/** All variables that settings set, each with its setting and tiers. */
function decidedTable(): string {
    const tiers = new Map<string, string[]>();
    for (const [tier, variables] of Object.entries(reservedEnv)) {
        for (const [name, owner] of Object.entries(variables)) {
            const store = onlyStoreOf(name);
            const key = `${name}\n${owner}${store === undefined ? "" : ` with kind ${store}`}`;
            tiers.set(key, [...(tiers.get(key) ?? []), tier]);
        }
    }
    return rows(
        ["variable", "decided by", "in"],
        [...tiers]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, where]) => {
                const [name = "", owner = ""] = key.split("\n");
                return [code(name), owner.replace(/keep:[\w.]*\w/g, code), where.join(", ")];
            }),
    );
}

function code(text: string): string {
    return text === "" ? "" : `\`${text}\``;
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
    return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
