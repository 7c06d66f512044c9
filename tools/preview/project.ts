import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { RecordedResource } from "../inProcess/recordedResource";
import { runProgram, type StateResource } from "../inProcess/runProgram";
import { isRecord, SECRET } from "../inProcess/secrets";
import type { CommandLine } from "./commandLine";
import { override } from "./overrides";
import { readStack, type StackSettings } from "./stackFile";

/** A stack as the program in a folder makes it. */
export interface Preview {
    readonly settings: StackSettings;
    readonly resources: readonly RecordedResource[];
    /** What the stack exports, secrets as `[secret]` unless they are to be shown. */
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly warnings: readonly string[];
    readonly notes: readonly string[];
}

/** How a stack is previewed. */
export interface PreviewOptions extends Pick<CommandLine, "overrides" | "showSecrets" | "debug"> {
    /** What generated values follow from; default: random where `--config` gives a secret, else nothing. */
    readonly seed?: string;
    /** What the stack's state holds, by URN, for programs that compare themselves with it. Nothing unless given. */
    readonly state?: Readonly<Record<string, StateResource>>;
}

/** Runs index.ts of a folder on one of its stack files. */
export async function preview(
    root: string,
    stack: string,
    { overrides, showSecrets, debug, seed, state }: PreviewOptions,
): Promise<Preview> {
    const load = createRequire(join(root, "index.ts"));
    const settings = stackSettings(root, stack, overrides);

    const program = load.resolve("./index.ts");
    const run = await runProgram(
        () => {
            // A second preview in the same process runs the program anew.
            Reflect.deleteProperty(load.cache, program);
            const exported: unknown = load(program);
            return isRecord(exported) ? exported : {};
        },
        // The SDK would warn of each export that is undefined.
        {
            ...settings,
            seed: seed ?? (givesSecret(settings) ? randomBytes(16).toString("hex") : ""),
            state,
            traces: debug,
            exports: (made) => Object.fromEntries(Object.entries(made).filter(([, it]) => it !== undefined)),
        },
    );
    return {
        settings,
        resources: run.resources,
        outputs: showSecrets ? run.outputs.plain : run.maskedOutputs,
        warnings: run.warnings,
        notes: run.notes,
    };
}

/** Whether a real secret is among the settings: a fingerprint under a generated key that everybody can compute would tell it. */
function givesSecret({ secretKeys, encryptedKeys }: StackSettings): boolean {
    return secretKeys.some((key) => !encryptedKeys.includes(key));
}

/** A stack file with some settings overridden; a stand-in takes the place of each encrypted value. */
export function stackSettings(root: string, stack: string, overrides: readonly string[]): StackSettings {
    const examples = secretExamples(root, createRequire(join(root, "index.ts")));
    const written = readStack(root, stack, (key) => examples.get(key) ?? SECRET);
    return override(written, overrides, (key) => examples.has(key));
}

/** A well-formed value for each secret key, from the project itself: encrypted values cannot be read, but are validated. */
function secretExamples(root: string, load: NodeJS.Require): Map<string, string> {
    const path = join(root, "components", "secrets", "settings.ts");
    const module: unknown = existsSync(path) ? load(path) : {};
    const keys = isRecord(module) && isRecord(module.secretKeys) ? Object.entries(module.secretKeys) : [];
    return new Map(
        keys.flatMap(([key, secret]) =>
            isRecord(secret) && typeof secret.example === "string"
                ? [[`keep:${key}`, ownExample(key, secret.example)]]
                : [],
        ),
    );
}

/** The example with the name of its key in it, so that it can be told from others. */
function ownExample(key: string, example: string): string {
    return example.replace("masked", `masked-${key}`);
}
