import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { engines, isEngineName } from "../../components/database/engines";
import type { RecordedResource } from "../inProcess/recordedResource";
import { runProgram, type StateResource } from "../inProcess/runProgram";
import { isRecord, SECRET } from "../inProcess/secrets";
import type { CommandLine } from "./commandLine";
import { override } from "./overrides";
import { readStack, type StackSettings } from "./stackFile";

/** The result of a preview. */
export interface Preview {
    readonly settings: StackSettings;
    readonly resources: readonly RecordedResource[];
    /** Outputs of the stack, with secrets as `[secret]` unless `showSecrets` is true. */
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly warnings: readonly string[];
    readonly notes: readonly string[];
}

/** Options of a preview. */
export interface PreviewOptions extends Pick<CommandLine, "overrides" | "showSecrets" | "debug"> {
    /** Seed of generated values; default: random if `--config` contains a secret, otherwise empty. */
    readonly seed?: string;
    /** Resources in the stack's state, by URN; default: none. */
    readonly state?: Readonly<Record<string, StateResource>>;
}

/** Runs index.ts in a folder, with one of its stack files. */
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
            // Otherwise, a second preview in this process would not run the program again.
            Reflect.deleteProperty(load.cache, program);
            const exported: unknown = load(program);
            return isRecord(exported) ? exported : {};
        },
        {
            ...settings,
            seed: seed ?? (givesSecret(settings) ? randomBytes(16).toString("hex") : ""),
            state,
            traces: debug,
            // The SDK prints a warning for each undefined output.
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

/**
 * Whether the settings contain a real secret. With a known seed, it could be guessed from its hash in the manifests.
 */
function givesSecret({ secretKeys, encryptedKeys }: StackSettings): boolean {
    return secretKeys.some((key) => !encryptedKeys.includes(key));
}

/** A stack file with overrides, and with a placeholder for each encrypted value. */
export function stackSettings(root: string, stack: string, overrides: readonly string[]): StackSettings {
    const examples = secretExamples(root, createRequire(join(root, "index.ts")));
    const written = readStack(root, stack, (key) => examples.get(key) ?? SECRET);
    return withUrlOfEngine(override(written, overrides, (key) => examples.has(key)));
}

const URL_KEY = "keep:databaseUrl";

/** The settings with a placeholder URL of `keep:database.engine`: the program rejects a URL of another engine. */
function withUrlOfEngine(settings: StackSettings): StackSettings {
    const { config, encryptedKeys } = settings;
    const engine = /"engine":"(\w+)"/.exec(config["keep:database"] ?? "")?.[1] ?? "";
    const url = config[URL_KEY];
    if (url === undefined || !encryptedKeys.includes(URL_KEY) || !isEngineName(engine)) {
        return settings;
    }
    const { scheme, port } = engines[engine];
    return {
        ...settings,
        config: { ...config, [URL_KEY]: url.replace(/^[^:]+:/, `${scheme}:`).replace(/:\d+\//, `:${port}/`) },
    };
}

/** A valid placeholder for each secret key: the program validates secrets, and encrypted values cannot be read. */
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

/**
 * The example with the name of its key, so that placeholders differ. The quote in a plain text shows where the program
 * encodes a value: `%22` in a URL, and `\"` in JSON.
 */
function ownExample(key: string, example: string): string {
    return example.replace("masked", example === "masked" ? `masked-"${key}` : `masked-${key}`);
}
