import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { type KeepConfig, loadConfig } from "../../components/config";
import type { StackConfig } from "../../components/config/schema";
import { type SecretKeyName, secretKeys } from "../../components/config/secrets";
import { Keep } from "../../components/keep";
import type { ProgramOptions } from "../../tools/inProcess/runProgram";
import { type Deployed, deploy } from "./harness";

/** What a test writes into a stack file, by top-level key without `keep:`; undefined takes a key out again. */
export type Written = Partial<Record<SecretKeyName | keyof StackConfig, unknown>> & Readonly<Record<string, unknown>>;

/** Name of the release in `minimal`, and so of its namespace. */
export const RELEASE = "keep";

/** The real stack file of a name, as the Pulumi CLI would hand it over. */
export function stack(name: string): ProgramOptions {
    const text = readFileSync(join(__dirname, "..", "..", `Pulumi.${name}.yaml`), "utf8");
    const { config } = parse(text) as { config: Record<string, unknown> };
    return { ...written(config), stack: name };
}

/** The fewest settings that make a Keep, with some of them written differently. */
export function minimal(overrides: Written = {}): ProgramOptions {
    const settings = { publicUrl: "http://keep.example.com", ...overrides };
    return written(Object.fromEntries(Object.entries(settings).map(([key, value]) => [`keep:${key}`, value])));
}

/** A whole Keep from `minimal`, made in-process. */
export async function deployKeep(overrides: Written = {}): Promise<Deployed<Keep>> {
    return deploy(() => new Keep("keep", loadConfig()), minimal(overrides));
}

/** What `loadConfig` makes of `minimal`. */
export async function configOf(overrides: Written = {}): Promise<KeepConfig> {
    return (await deploy(loadConfig, minimal(overrides))).result;
}

/** Settings as text, objects as JSON; the secret keys of a Keep marked. */
function written(settings: Readonly<Record<string, unknown>>): ProgramOptions {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return {
        config: Object.fromEntries(
            given.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
        ),
        secretKeys: given.map(([key]) => key).filter((key) => key.replace(/^keep:/, "") in secretKeys),
    };
}
