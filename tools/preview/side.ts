import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import type { RecordedResource } from "../inProcess/recordedResource";
import type { StateResource } from "../inProcess/runProgram";
import { maskLeaves, type Revealed } from "../inProcess/secrets";
import { checkOut } from "./checkout";
import type { CommandLine } from "./commandLine";
import { type Manifest, manifestsOf } from "./manifests";
import type { Preview } from "./project";
import { markedBy } from "./secretMarks";
import type { Sink } from "./surroundings";
import { UserError } from "./userError";

/** One side of a comparison: what a stack makes at a revision. */
export interface Side {
    readonly manifests: readonly Manifest[];
    readonly outputs: Readonly<Record<string, unknown>>;
    /** What the stack's state would hold after a deployment of this side, by URN, without its secrets. */
    readonly state: Readonly<Record<string, StateResource>>;
}

/** Variable that hands the key of the marks to the process of the other side. */
export const KEY_VARIABLE = "KEEP_PREVIEW_KEY";

const NOTHING: Side = { manifests: [], outputs: {}, state: {} };

/**
 * Takes of a preview what a comparison needs.
 * @param key marks secrets, the same on both sides, so that a comparison sees which of them change.
 */
export function sideOf({ resources, outputs }: Preview, showSecrets: boolean, key: string): Side {
    return { manifests: manifestsOf(resources, showSecrets, markedBy(key)), outputs, state: stateOf(resources) };
}

function stateOf(resources: readonly RecordedResource[]): Side["state"] {
    return Object.fromEntries(
        resources.map(({ urn, type, maskedInputs, outputs }) => {
            const registered = outputs === undefined ? {} : withoutSecrets(outputs);
            return [urn, { type, outputs: { ...maskedInputs, ...registered, __inputs: maskedInputs } }];
        }),
    );
}

function withoutSecrets({ plain, secretPaths }: Revealed): Record<string, unknown> {
    const secret = new Set([...secretPaths].map((path) => path.replace(/[.[].*/, "")));
    return Object.fromEntries(
        Object.entries(plain).map(([key, value]) => [key, secret.has(key) ? maskLeaves(value) : value]),
    );
}

/** Previews a git revision of the project, in a process of its own: it may have other versions of the SDKs. */
export async function sideAt(
    root: string,
    revision: string,
    { stack, showSecrets, overrides, baseOverrides }: CommandLine,
    key: string,
    stderr: Sink,
): Promise<Side> {
    const checkout = checkOut(root, revision);
    try {
        const { folder } = checkout;
        if (!existsSync(join(folder, `Pulumi.${stack}.yaml`))) {
            stderr.write(`${revision} has no Pulumi.${stack}.yaml, so everything is new\n`);
            return NOTHING;
        }
        const config = [...overrides, ...baseOverrides].flatMap((setting) => ["--config", setting]);
        const secrets = showSecrets ? ["--show-secrets"] : [];
        const args = [join(folder, "tools", "start.mjs"), stack, "--side", ...config, ...secrets];
        const child = spawn(process.execPath, args, {
            cwd: folder,
            stdio: ["ignore", "pipe", "pipe"],
            env: { ...process.env, [KEY_VARIABLE]: key },
        });
        const [text, complaint] = [child.stdout, child.stderr].map(collect);
        const code = await new Promise((resolve) => child.on("close", resolve));
        if (code !== 0) {
            throw new UserError(
                `Pulumi.${stack}.yaml cannot be previewed as it is at ${revision}. Set what is missing there with ` +
                    `--config-base key=value, or compare with another revision:\n${(await complaint) ?? ""}`,
            );
        }
        return JSON.parse((await text) ?? "") as Side;
    } finally {
        checkout.remove();
    }
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
    const chunks: string[] = [];
    for await (const chunk of stream) {
        chunks.push(String(chunk));
    }
    return chunks.join("");
}
