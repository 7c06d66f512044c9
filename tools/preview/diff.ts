import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

import { checkOut } from "./checkout";
import type { Colors } from "./colors";
import type { CommandLine } from "./commandLine";
import { fileNames } from "./files";
import { manifestsOf } from "./manifests";
import { preview } from "./project";
import { plural, type Summary, summaryOf } from "./summary";
import type { Sink, Surroundings } from "./surroundings";
import { UserError } from "./userError";
import { outputsToYaml, toYaml } from "./yaml";

/** What a comparison needs of a summary. */
export type Side = Pick<Summary, "manifests" | "outputs">;

/** One file of the comparison: present on one side or on both, under the same name or not. */
interface Pair {
    before?: { readonly path: string; readonly text: string };
    after?: { readonly path: string; readonly text: string };
}

const NOTHING: Side = { manifests: [], outputs: {} };

/** Prints what the manifests change against `--diff <revision>`, as a unified diff; true when nothing does. */
export async function printDiff(
    commandLine: CommandLine,
    { root, stdout, stderr, colors }: Surroundings & { readonly colors: Colors },
): Promise<boolean> {
    const { stack, diff: revision = "HEAD", showSecrets } = commandLine;
    const checkout = checkOut(root, revision);
    try {
        // Both end before the checkout goes, also when one of them fails.
        const [after, before] = await Promise.allSettled([
            preview(root, stack, commandLine),
            sideAt(checkout.folder, commandLine, stderr),
        ]);
        const made = valueOf(after);
        const current = summaryOf(made, manifestsOf(made.resources, showSecrets));
        const { patch, changed, added, removed } = compare(valueOf(before), current);
        stdout.write(
            patch
                .split("\n")
                .map((line) => paint(line, colors))
                .join("\n"),
        );
        const isEqual = changed + added + removed === 0;
        stderr.write(
            isEqual
                ? `${stack} makes the same as at ${revision}\n`
                : `Against ${revision}: ${plural(changed, "file")} changed, ${added} added, ${removed} removed\n`,
        );
        return isEqual;
    } finally {
        checkout.remove();
    }
}

/** The unified diff of two sides; an object is the same one when its URN is, whatever it is called. */
export function compare(before: Side, after: Side): { patch: string; changed: number; added: number; removed: number } {
    const pairs = new Map<string, Pair>([
        ["", { before: { path: "outputs", text: outputsToYaml(before.outputs) } }],
        ...fileNames(before.manifests).map(({ path, manifest }): [string, Pair] => [
            manifest.urn,
            { before: { path, text: toYaml(manifest) } },
        ]),
    ]);
    const current = [
        { urn: "", path: "outputs", text: outputsToYaml(after.outputs) },
        ...fileNames(after.manifests).map(({ path, manifest }) => ({
            urn: manifest.urn,
            path,
            text: toYaml(manifest),
        })),
    ];
    for (const { urn, ...file } of current) {
        pairs.set(urn, { ...pairs.get(urn), after: file });
    }
    const different = [...pairs.values()].filter((pair) => pair.before?.text !== pair.after?.text);
    return {
        patch: different.map(patchOf).join(""),
        changed: different.filter((pair) => pair.before && pair.after).length,
        added: different.filter((pair) => !pair.before).length,
        removed: different.filter((pair) => !pair.after).length,
    };
}

function patchOf({ before, after }: Pair): string {
    return createTwoFilesPatch(
        before ? `a/${before.path}` : "/dev/null",
        after ? `b/${after.path}` : "/dev/null",
        before?.text ?? "",
        after?.text ?? "",
        undefined,
        undefined,
        { context: 3, headerOptions: FILE_HEADERS_ONLY },
    );
}

/** Previews the revision in a process of its own: it may have other versions of the SDKs. */
async function sideAt(folder: string, { stack, showSecrets, diff = "" }: CommandLine, stderr: Sink): Promise<Side> {
    if (!existsSync(join(folder, `Pulumi.${stack}.yaml`))) {
        stderr.write(`${diff} has no Pulumi.${stack}.yaml, so everything is new\n`);
        return NOTHING;
    }
    const args = [join(folder, "tools", "start.mjs"), stack, "--json", ...(showSecrets ? ["--show-secrets"] : [])];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const [text, complaint] = [child.stdout, child.stderr].map(collect);
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) {
        throw new UserError(`the program at ${diff} cannot be previewed:\n${(await complaint) ?? ""}`);
    }
    return JSON.parse((await text) ?? "") as Side;
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
    if (result.status === "rejected") {
        throw result.reason;
    }
    return result.value;
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
    const chunks: string[] = [];
    for await (const chunk of stream) {
        chunks.push(String(chunk));
    }
    return chunks.join("");
}

function paint(line: string, colors: Colors): string {
    if (line.startsWith("---") || line.startsWith("+++")) {
        return colors.bold(line);
    }
    if (line.startsWith("@@")) {
        return colors.cyan(line);
    }
    return line.startsWith("-") ? colors.red(line) : line.startsWith("+") ? colors.green(line) : line;
}
