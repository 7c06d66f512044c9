import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";

import { secretKeys } from "../../components/secrets/settings";
import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { runProgram } from "../inProcess/runProgram";

const HEAD = `# What is said about each wrong stack file of test/*/mistakes.yaml. Written by npm run golden, and by nothing else: read its
# diff as a user would.
`;

/** Where the messages are kept. */
export function messagesPath(root: string): string {
    return join(root, "test", "golden", "messages.txt");
}

/**
 * The messages for every mistake of the tables in `test`, as text.
 * @throws Error for a mistake that is accepted.
 */
export async function messagesOf(root: string): Promise<string> {
    const rooms = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith("mistakes.yaml"))
        .sort();
    // There is no file of that name, whose lines the messages would tell.
    const stack = "example";
    const { result } = await runProgram(
        () =>
            rooms.map((room) => {
                const mistakes = load(readFileSync(join(root, "test", room), "utf8")) as Record<string, object>;
                const lines = Object.entries(mistakes).map(
                    ([what, settings]) => `${what}:\n${messageOf(what, settings)}`,
                );
                return `\n# ${room}\n\n${lines.join("\n\n")}\n`;
            }),
        { stack },
    );
    return HEAD + result.join("");
}

/** What is said about a stack file with these settings beside a public URL; null takes a key out. */
function messageOf(what: string, settings: object): string {
    const given = Object.entries<unknown>({ publicUrl: "http://keep.example.com", ...settings });
    const written = given.filter(([, value]) => value !== null);
    const config = written.map(([key, value]) => [
        `keep:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const encrypted = written.map(([key]) => key).filter((key) => Object.hasOwn(secretKeys, key));
    pulumi.runtime.setAllConfig(
        Object.fromEntries(config) as Record<string, string>,
        encrypted.map((key) => `keep:${key}`),
    );
    try {
        resolve(loadConfig());
    } catch (error) {
        if (pulumi.RunError.isInstance(error)) {
            return error.message.split("\n").slice(1).join("\n");
        }
        throw error;
    }
    throw new Error(`${what}: nothing is wrong with it`);
}
