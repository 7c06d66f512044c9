import { randomBytes } from "node:crypto";

import { RunError } from "@pulumi/pulumi";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

import { type Change, changesOf, changeSummary, countsInWords } from "./changes";
import type { Colors } from "./colors";
import type { CommandLine } from "./commandLine";
import { fileNames } from "./files";
import { preview } from "./project";
import { withoutMarks } from "./secretMarks";
import { type Side, sideAt, sideOf } from "./side";
import type { Surroundings } from "./surroundings";
import { toYaml, yamlOf } from "./yaml";

/**
 * Prints the changes of the manifests since `--diff <revision>`: a summary and a unified diff. Returns whether there
 * are none.
 */
export async function printDiff(
    commandLine: CommandLine,
    { root, stdout, stderr, colors }: Surroundings & { readonly colors: Colors },
): Promise<boolean> {
    const { stack, diff: revision = "HEAD" } = commandLine;
    const key = randomBytes(16).toString("hex");
    const before = await sideAt(root, revision, commandLine, key, stderr);
    const { side: after, rejections } = await sideAfter(root, commandLine, before, key);
    const { changes, patch } = compare(before, after);
    const isEqual = patch === "" && changes.length === 0;
    const lines = `${changeSummary(changes, rejections)}${patch}`.split("\n");
    stdout.write(lines.map((line) => paint(line, colors)).join("\n"));
    stderr.write(
        isEqual ? `No changes of ${stack} since ${revision}\n` : `Since ${revision}: ${countsInWords(changes)}\n`,
    );
    return isEqual;
}

/** The present side, and the errors with which `pulumi up` would reject it after a deployment of the other side. */
export async function sideAfter(
    root: string,
    commandLine: CommandLine,
    { state }: Side,
    key: string,
): Promise<{ readonly side: Side; readonly rejections: readonly string[] }> {
    const { stack, overrides, headOverrides, showSecrets } = commandLine;
    const options = { ...commandLine, overrides: [...overrides, ...headOverrides], seed: key };
    try {
        return { side: sideOf(await preview(root, stack, { ...options, state }), showSecrets, key), rejections: [] };
    } catch (error) {
        if (!RunError.isInstance(error)) {
            throw error;
        }
        // Without the state, this fails only if this side itself is invalid.
        const side = sideOf(await preview(root, stack, options), showSecrets, key);
        return { side, rejections: error.message.split(/\n\s*- /).slice(1) };
    }
}

/** The changes between two sides, and their unified diff with one file for each object. */
export function compare(
    before: Pick<Side, "manifests" | "outputs">,
    after: Pick<Side, "manifests" | "outputs">,
): { readonly changes: readonly Change[]; readonly patch: string } {
    const changes = changesOf(before.manifests, after.manifests);
    const oldPaths = pathsOf(before);
    const newPaths = pathsOf(after);
    const outputs = [before, after].map((side) => yamlOf(side.outputs));
    return {
        changes,
        patch: [
            outputs[0] === outputs[1] ? "" : patchOf("outputs", "outputs", outputs[0], outputs[1]),
            ...changes.map((change) =>
                patchOf(
                    change.before && oldPaths.get(change.before.urn),
                    change.after && newPaths.get(change.after.urn),
                    change.before && toYaml(change.before),
                    change.after && toYaml(change.after),
                ),
            ),
        ].join(""),
    };
}

function pathsOf({ manifests }: Pick<Side, "manifests">): Map<string, string> {
    return new Map(fileNames(manifests).map(({ path, manifest }) => [manifest.urn, path]));
}

function patchOf(from: string | undefined, to: string | undefined, before = "", after = ""): string {
    const [was, is] = [withoutMarks(before), withoutMarks(after)];
    // Only values of secrets differ, so the diff would be empty. The summary lists the object.
    if (was === is) {
        return "";
    }
    return createTwoFilesPatch(
        from === undefined ? "/dev/null" : `a/${from}`,
        to === undefined ? "/dev/null" : `b/${to}`,
        was,
        is,
        undefined,
        undefined,
        { context: 3, headerOptions: FILE_HEADERS_ONLY },
    );
}

function paint(line: string, colors: Colors): string {
    if (line.startsWith("---") || line.startsWith("+++")) {
        return colors.bold(line);
    }
    if (line.startsWith("!")) {
        return colors.bold(colors.red(line));
    }
    if (line.startsWith("@@")) {
        return colors.cyan(line);
    }
    return line.startsWith("-") ? colors.red(line) : line.startsWith("+") ? colors.green(line) : line;
}
