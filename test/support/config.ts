import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { loadConfig } from "../../components/settings/stackFile";
import { type KeepConfig, resolve } from "../../components/settings/resolve";
import type { StackConfig } from "../../components/settings/schema";
import { type SecretKeyName, secretKeys } from "../../components/secrets/settings";
import { Keep } from "../../components/keep";
import type { ProgramOptions } from "../../tools/inProcess/runProgram";
import { readStack } from "../../tools/preview/stackFile";
import { type Deployed, deploy } from "./harness";

/** What a test writes into a stack file, by top-level key without `keep:`; undefined takes a key out again. */
export type Written = Partial<Record<SecretKeyName | keyof StackConfig, unknown>> & Readonly<Record<string, unknown>>;

/** A stack as written: everything that a program is told, but what it exports. */
export type Stack = Omit<ProgramOptions, "exports">;

/** Name of the release in `minimal`, and so of its namespace. */
export const RELEASE = "keep";

/** The real stack file of a name, as the Pulumi CLI would hand it over; an encrypted value has the stand-in of `npm start`. */
export function stack(name: string): Stack {
    const example = (key: string) => secretKeys[key.replace(/^keep:/, "") as SecretKeyName].example;
    const { config, secretKeys: marked } = readStack(join(__dirname, "..", ".."), name, example);
    return { config, secretKeys: marked, stack: name };
}

/** The fewest settings that make a Keep, with some of them written differently. */
export function minimal(overrides: Written = {}): Stack {
    const settings = { publicUrl: "http://keep.example.com", ...overrides };
    return written(Object.fromEntries(Object.entries(settings).map(([key, value]) => [`keep:${key}`, value])));
}

/** A whole Keep, made in-process: from `minimal` with some settings written differently. */
export async function deployKeep(overrides: Written = {}): Promise<Deployed<Keep>> {
    return deployStack(minimal(overrides));
}

/** A whole Keep, made in-process from a whole stack. */
export async function deployStack(options: Stack): Promise<Deployed<Keep>> {
    return deploy(() => new Keep("keep", loadConfig()), options);
}

/** Several Keeps in one program, each from `minimal` with its own settings. */
export async function deployKeeps(...keeps: readonly Written[]): Promise<Deployed<Keep[]>> {
    return deploy(() =>
        keeps.map((overrides, index) => {
            const { config, secretKeys } = minimal(overrides);
            pulumi.runtime.setAllConfig({ ...config }, [...(secretKeys ?? [])]);
            return new Keep(`keep-${index}`, loadConfig());
        }),
    );
}

/** The configuration that comes of `minimal`. */
export async function configOf(overrides: Written = {}): Promise<KeepConfig> {
    return (await deploy(() => resolve(loadConfig()), minimal(overrides))).result;
}

/** Settings as text, objects as JSON; the secret keys of a Keep marked. */
function written(settings: Readonly<Record<string, unknown>>): Stack {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return {
        config: Object.fromEntries(
            given.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
        ),
        secretKeys: given.map(([key]) => key).filter((key) => key.replace(/^keep:/, "") in secretKeys),
    };
}
