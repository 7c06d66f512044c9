import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { closest } from "fastest-levenshtein";
import { YAMLException } from "js-yaml";

import { isCredential } from "../../components/fields/credentialForms";
import { namesOfSettings, outsideConfig } from "../../components/settings/outsideConfig";
import { aliasFault, pathToMapKey } from "./expanded";
import { parseEngineYaml } from "./engineYaml";
import { isRecord, SECRET } from "../inProcess/secrets";
import { readText } from "../textFile";
import { UserError } from "./userError";
import { yamlReason } from "./yamlReason";

/** Configuration, as the Pulumi CLI passes it to the program. */
export interface StackSettings {
    readonly project: string;
    readonly stack: string;
    /** Values by full key: text unchanged, all other values as JSON. */
    readonly config: Record<string, string>;
    /** Keys that are secrets. */
    readonly secretKeys: string[];
    /** Keys with an encrypted value, of which `config` has a placeholder. */
    readonly encryptedKeys: string[];
}

/** Returns a valid placeholder for an encrypted value, by full key. */
export type SecretPlaceholder = (key: string) => string;

/**
 * Reads Pulumi.yaml and Pulumi.<stack>.yaml in a folder.
 * @throws UserError if a file is missing or is not valid YAML
 */
export function readStack(root: string, stack: string, placeholder: SecretPlaceholder = () => SECRET): StackSettings {
    const file = stackFileName(root, stack);
    const declared = readYaml(root, "Pulumi.yaml");
    const project = typeof declared.name === "string" ? declared.name : "keep";
    const written = readYaml(root, file);
    const ignored = namesOfSettings(Object.keys(written));
    if (ignored.length > 0) {
        throw new UserError(outsideConfig(file, ignored));
    }
    const settings: StackSettings = { project, stack, config: {}, secretKeys: [], encryptedKeys: [] };
    for (const [key, declaration] of entries(declared.config, "Pulumi.yaml")) {
        addDeclared(settings, key.includes(":") ? key : `${project}:${key}`, declaration);
    }
    for (const [key, value] of entries(written.config, file)) {
        if (!key.includes(":")) {
            const fix =
                key === "keep"
                    ? "Write each setting as a key of its own, such as keep:publicUrl"
                    : `Write ${key.startsWith("keep.") ? key.replace(".", ":") : `${project}:${key}`}`;
            throw new UserError(`${file}: the key ${JSON.stringify(key)} has no namespace. ${fix}`);
        }
        addWritten(settings, key, value, placeholder);
    }
    return settings;
}

/**
 * Name of the file of a stack.
 * @throws UserError with the stacks that exist, if this one does not
 */
export function stackFileName(root: string, stack: string): string {
    const file = `Pulumi.${stack}.yaml`;
    if (!existsSync(join(root, file))) {
        throw new UserError(unknownStack(root, stack));
    }
    return file;
}

/**
 * A value as the text that the Pulumi CLI passes to the program.
 * @throws UserError if it contains a number that JSON does not have
 */
export function asText(value: unknown, key: string): string {
    if (typeof value === "string" || typeof value === "bigint") {
        return String(value);
    }
    return JSON.stringify(value, (_, inner: unknown) => {
        if (typeof inner === "number" && !Number.isFinite(inner)) {
            throw new UserError(`${key} has .inf or .nan, which the Pulumi CLI rejects. Write a number, or quote it`);
        }
        return typeof inner === "bigint" ? Number(inner) : inner;
    });
}

function addDeclared({ config, secretKeys }: StackSettings, key: string, declaration: unknown): void {
    if (declaration === null) {
        throw new UserError(
            `Pulumi.yaml: ${key} is empty, which the Pulumi CLI rejects. Give it a value, or remove it`,
        );
    }
    if (!isRecord(declaration)) {
        config[key] = asText(declaration, key);
        return;
    }
    const value = declaration.value ?? declaration.default;
    if (value !== undefined && value !== null) {
        config[key] = asText(value, key);
    }
    if (declaration.secret === true) {
        secretKeys.push(key);
    }
}

function addWritten(settings: StackSettings, key: string, value: unknown, placeholder: SecretPlaceholder): void {
    const { config, secretKeys, encryptedKeys } = settings;
    const decrypted = withoutEncryption(value, () => placeholder(key));
    config[key] = asText(decrypted ?? "", key);
    if (decrypted !== value) {
        requireEncrypted(key, value);
        secretKeys.push(key);
        encryptedKeys.push(key);
    }
}

/** Secret keys whose value is an object. */
const SECRET_OBJECTS: readonly string[] = ["keep:providers", "keep:secretEnv"];

/**
 * Rejects plain secrets beside encrypted ones in a key, as `pulumi config set --path` without `--secret` writes them. The Pulumi CLI
 * passes both decrypted, so that only the file shows it.
 * @throws UserError
 */
function requireEncrypted(key: string, value: unknown): void {
    const plain = SECRET_OBJECTS.includes(key)
        ? plainPaths(
              value,
              [key],
              (name, text) => key === "keep:secretEnv" || /webhook/i.test(name) || isCredential(name, text),
          )
        : [];
    if (plain.length > 0) {
        throw new UserError(
            `${plain.join(", ")}: stored in plain text beside encrypted values. Encrypt the whole: pulumi config set --secret ${key}`,
        );
    }
}

function plainPaths(
    value: unknown,
    path: readonly string[],
    isSecret: (name: string, text: string) => boolean,
): string[] {
    if (typeof value === "string" || typeof value === "number") {
        return isSecret(path.at(-1) ?? "", String(value)) ? [path.join(".")] : [];
    }
    return typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([name, inner]) =>
              name === "secure" ? [] : plainPaths(inner, [...path, name], isSecret),
          );
}

/** The value with a placeholder for each `secure:`; the same object if there is none. */
function withoutEncryption(value: unknown, placeholder: () => string): unknown {
    if (Array.isArray(value)) {
        const inner = value.map((item: unknown) => withoutEncryption(item, placeholder));
        return inner.some((item, index) => !Object.is(item, value[index])) ? inner : value;
    }
    if (!isRecord(value)) {
        return value;
    }
    if (Object.keys(value).length === 1 && typeof value.secure === "string") {
        return placeholder();
    }
    const inner = Object.entries(value).map(([key, item]) => [key, withoutEncryption(item, placeholder)] as const);
    return inner.some(([key, item]) => !Object.is(item, value[key])) ? Object.fromEntries(inner) : value;
}

function readYaml(root: string, file: string): Record<string, unknown> {
    const path = join(root, file);
    if (!existsSync(path)) {
        throw new UserError(`${path} is missing. Run the command in a clone of the project`);
    }
    // Reading a pipe would wait for somebody who writes to it.
    if (statSync(path).isFIFO()) {
        throw new UserError(`${path} is a pipe. Give a file`);
    }
    const content = parsed(file, readText(path, file)) ?? {};
    const fault = aliasFault(content);
    if (fault !== undefined) {
        throw new UserError(`${file} ${fault}`);
    }
    const place = pathToMapKey(content);
    if (place !== undefined) {
        const where = place.filter((key, index) => index > 0 || key !== "config").join(".");
        throw new UserError(
            `${file}: ${where === "" ? "a key" : `a key in ${where}`} is a map, which the Pulumi CLI rejects. Pulumi renders no templates such as {{ .Values.host }}: write the value itself, or put the text into quotes`,
        );
    }
    if (!isRecord(content)) {
        throw new UserError(`${file} must be a map with the key config:`);
    }
    return content;
}

function parsed(file: string, text: string): unknown {
    try {
        return parseEngineYaml(text);
    } catch (error) {
        if (error instanceof YAMLException) {
            // The error about several documents has no position.
            const { mark, reason } = error as { readonly mark?: { readonly line: number }; readonly reason: string };
            const line = mark === undefined ? "" : `, line ${mark.line + 1},`;
            throw new UserError(`${file}${line} is not valid YAML: ${yamlReason(reason)}`);
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
        return `Pulumi.${stack}.yaml does not exist, and there is no other stack file. Create one with npm run configure -- ${stack}`;
    }
    return `Pulumi.${stack}.yaml does not exist. Did you mean ${closest(stack, stacks)}? The stacks are: ${stacks.join(", ")}`;
}
