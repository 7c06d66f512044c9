import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";
import * as z from "zod";

import { recordedStack, type Release, release } from "./identities";

const FOLDER = ["test", "compatibility"];

/** The record of the last release: the resources of the stacks in `test/compatibility/stacks.yaml`. */
export function lastRelease(root: string): Release {
    return release.parse(JSON.parse(readFileSync(join(root, ...FOLDER, "released.json"), "utf8")));
}

/** Records the present resources of these stacks as those of a version. */
export async function record(root: string, version: string): Promise<void> {
    const stacks: Record<string, Release["stacks"][string]> = {};
    for (const [name, settings] of Object.entries(writtenStacks(root))) {
        stacks[name] = await recordedStack(settings);
    }
    const text = JSON.stringify({ version, stacks } satisfies Release, undefined, 2);
    writeFileSync(join(root, ...FOLDER, "released.json"), `${text}\n`);
}

/** The settings of the stacks in `test/compatibility/stacks.yaml`. */
export function writtenStacks(root: string): Record<string, Record<string, unknown>> {
    const text = readFileSync(join(root, ...FOLDER, "stacks.yaml"), "utf8");
    return z.record(z.string(), z.record(z.string(), z.unknown())).parse(parse(text));
}
