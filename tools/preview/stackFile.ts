import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { closest } from "fastest-levenshtein";
import { CORE_SCHEMA, load, Type, YAMLException } from "js-yaml";

import { aliasFault } from "./expanded";
import { isRecord, SECRET } from "../inProcess/secrets";
import { UserError } from "./userError";

/** js-yaml's schema without its dates, which the Pulumi CLI leaves as text. */
const SCHEMA = CORE_SCHEMA.extend({
    implicit: [new Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (key: unknown) => key === "<<" })],
});

/** Configuration as the Pulumi CLI would hand it to the program. */
export interface StackSettings {
    readonly project: string;
    readonly stack: string;
    /** By full key; text as it stands, everything else as JSON. */
    readonly config: Record<string, string>;
    /** Keys that are secrets. */
    readonly secretKeys: string[];
    /** Keys whose value is encrypted and so has a stand-in. */
    readonly encryptedKeys: string[];
}

/** A value that passes validation in place of an encrypted one, by full key. */
export type SecretStandIn = (key: string) => string;

/** Reads Pulumi.yaml and Pulumi.<stack>.yaml of a folder. */
export function readStack(root: string, stack: string, standIn: SecretStandIn = () => SECRET): StackSettings {
    const file = `Pulumi.${stack}.yaml`;
    if (!existsSync(join(root, file))) {
        throw new UserError(unknownStack(root, stack));
    }
    const declared = readYaml(root, "Pulumi.yaml");
    const project = typeof declared.name === "string" ? declared.name : "keep";
    const written = readYaml(root, file);
    const settings: StackSettings = { project, stack, config: {}, secretKeys: [], encryptedKeys: [] };
    for (const [key, declaration] of entries(declared.config, "Pulumi.yaml")) {
        addDeclared(settings, key.includes(":") ? key : `${project}:${key}`, declaration);
    }
    for (const [key, value] of entries(written.config, file)) {
        if (!key.includes(":")) {
            throw new UserError(`${file}: the key ${key} needs a namespace before it: ${project}:${key}`);
        }
        addWritten(settings, key, value, standIn);
    }
    return settings;
}

/** Text as the Pulumi CLI hands a value to the program. */
export function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}

function addDeclared({ config, secretKeys }: StackSettings, key: string, declaration: unknown): void {
    if (!isRecord(declaration)) {
        config[key] = asText(declaration);
        return;
    }
    const value = declaration.value ?? declaration.default;
    if (value !== undefined && value !== null) {
        config[key] = asText(value);
    }
    if (declaration.secret === true) {
        secretKeys.push(key);
    }
}

function addWritten(settings: StackSettings, key: string, value: unknown, standIn: SecretStandIn): void {
    const { config, secretKeys, encryptedKeys } = settings;
    const decrypted = withoutEncryption(value, () => standIn(key));
    config[key] = asText(decrypted ?? "");
    if (decrypted !== value) {
        secretKeys.push(key);
        encryptedKeys.push(key);
    }
}

/** The value with a stand-in for each `secure:`; the very same object when there is none. */
function withoutEncryption(value: unknown, standIn: () => string): unknown {
    if (Array.isArray(value)) {
        const inner = value.map((item: unknown) => withoutEncryption(item, standIn));
        return inner.some((item, index) => !Object.is(item, value[index])) ? inner : value;
    }
    if (!isRecord(value)) {
        return value;
    }
    if (Object.keys(value).length === 1 && typeof value.secure === "string") {
        return standIn();
    }
    const inner = Object.entries(value).map(([key, item]) => [key, withoutEncryption(item, standIn)] as const);
    return inner.some(([key, item]) => !Object.is(item, value[key])) ? Object.fromEntries(inner) : value;
}

function readYaml(root: string, file: string): Record<string, unknown> {
    const path = join(root, file);
    if (!existsSync(path)) {
        throw new UserError(`${path} is missing; run npm start in a clone of the project`);
    }
    const content = parsed(file, readFileSync(path, "utf8"));
    const fault = aliasFault(content);
    if (fault !== undefined) {
        throw new UserError(`${file} ${fault}`);
    }
    return isRecord(content) ? content : {};
}

function parsed(file: string, text: string): unknown {
    try {
        return load(text, { schema: SCHEMA });
    } catch (error) {
        if (error instanceof YAMLException) {
            // Several documents have no place.
            const { mark, reason } = error as { readonly mark?: { readonly line: number }; readonly reason: string };
            const line = mark === undefined ? "" : `, line ${mark.line + 1},`;
            throw new UserError(`${file}${line} is not valid YAML: ${reason}`);
        }
        throw error;
    }
}

function entries(config: unknown, file: string): [string, unknown][] {
    if (config === undefined || config === null) {
        return [];
    }
    if (!isRecord(config)) {
        throw new UserError(`${file}: config: must be a map of keys to values`);
    }
    return Object.entries(config);
}

function unknownStack(root: string, stack: string): string {
    const stacks = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
    if (stacks.length === 0) {
        return `there is no Pulumi.${stack}.yaml, nor any other stack file`;
    }
    return `there is no Pulumi.${stack}.yaml; did you mean ${closest(stack, stacks)}? The stacks are: ${stacks.join(", ")}`;
}
