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
    const load = createRequire(join(root, "index.ts"));
    const examples = secretExamples(root, load);
    const written = readStack(root, stack, (key) => examples.get(key) ?? SECRET);
    const settings = override(written, overrides, (key) => examples.has(key));
    return withUrlOfEngine(settings, exportOf(root, load, ["database", "engines.ts"], "engines"));
}

const URL_KEY = "keep:databaseUrl";

/** The settings with a placeholder URL of `keep:database.engine`: the program rejects a URL of another engine. */
function withUrlOfEngine(settings: StackSettings, engines: Readonly<Record<string, unknown>>): StackSettings {
    const { config, encryptedKeys } = settings;
    const name = /"engine"\s*:\s*"(\w+)"/.exec(config["keep:database"] ?? "")?.[1] ?? "";
    const engine = Object.hasOwn(engines, name) ? engines[name] : undefined;
    const url = config[URL_KEY];
    if (url === undefined || !encryptedKeys.includes(URL_KEY) || !isRecord(engine)) {
        return settings;
    }
    const { scheme, port } = engine;
    return {
        ...settings,
        config: {
            ...config,
            [URL_KEY]: url.replace(/^[^:]+:/, `${String(scheme)}:`).replace(/:\d+\//, `:${String(port)}/`),
        },
    };
}

/** An object that a component of the project exports; empty if the project has no such file, as in a test of the tools. */
function exportOf(
    root: string,
    load: NodeJS.Require,
    place: readonly string[],
    name: string,
): Readonly<Record<string, unknown>> {
    const path = join(root, "components", ...place);
    const module: unknown = existsSync(path) ? load(path) : {};
    const value = isRecord(module) ? module[name] : undefined;
    return isRecord(value) ? value : {};
}

/** A valid placeholder for each secret key: the program validates secrets, and encrypted values cannot be read. */
function secretExamples(root: string, load: NodeJS.Require): Map<string, string> {
    const keys = exportOf(root, load, ["secrets", "settings.ts"], "secretKeys");
    return new Map(
        Object.entries(keys).flatMap(([key, secret]) =>
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
