import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Kind } from "../../components/provision/kinds";
import { minimal, type Written } from "../support/config";
import { problems } from "../support/refusals";

/** What the program reports of a directory of one kind, without its path, in a stack with these keys beside it. */
export async function problemsOfDirectory(
    kind: Kind,
    fill: (directory: string) => void,
    stack: Written = {},
    nested: Readonly<Partial<Record<Kind, string>>> = {},
): Promise<string[]> {
    // Paths of a stack are relative to the project.
    const directory = path.relative(process.cwd(), mkdtempSync(path.join(process.cwd(), "test", "provision-")));
    try {
        fill(directory);
        const others = Object.entries(nested).map(([other, name]) => [other, path.join(directory, name)] as const);
        const provision = { ...Object.fromEntries(others), [kind]: directory };
        const found = await problems(minimal({ ...stack, provision }));
        return found.map((message) =>
            message.replaceAll(`keep:provision.${kind} `, "").replaceAll(`${directory}/`, ""),
        );
    } finally {
        rmSync(directory, { recursive: true });
    }
}

/** What the program reports of files of one kind, by name. */
export function problemsOfFiles(
    kind: Kind,
    files: Readonly<Record<string, string | Uint8Array>>,
    stack: Written = {},
): Promise<string[]> {
    return problemsOfDirectory(
        kind,
        (directory) => {
            for (const [name, content] of Object.entries(files)) {
                writeFileSync(path.join(directory, name), content);
            }
        },
        stack,
    );
}
