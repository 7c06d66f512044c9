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

/** One side of a comparison: a stack at a revision. */
export interface Side {
    readonly manifests: readonly Manifest[];
    readonly outputs: Readonly<Record<string, unknown>>;
    /** State of the stack after a deployment of this side, by URN, without secrets. */
    readonly state: Readonly<Record<string, StateResource>>;
}

/** Environment variable with the key of the masks, for the process of the other side. */
export const KEY_VARIABLE = "KEEP_PREVIEW_KEY";

const NOTHING: Side = { manifests: [], outputs: {}, state: {} };

/**
 * The side of a comparison from a preview.
 * @param key key of the masks of secrets; the same on both sides, so that changed secrets are found
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

/** Previews a git revision in another process, because it may have other versions of the SDKs. */
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
            stderr.write(`${revision} has no Pulumi.${stack}.yaml, so all objects are new\n`);
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
                `The preview of Pulumi.${stack}.yaml at ${revision} failed. Set missing keys with --config-base key=value, ` +
                    `or compare with another revision:\n${(await complaint) ?? ""}`,
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
