import { isRecord } from "../inProcess/secrets";
import { asText, type StackSettings } from "./stackFile";
import { UserError } from "./userError";

/** Namespace of a key that is given without one. */
const NAMESPACE = "keep";

/**
 * Puts each `--config key=value` in the place of what the stack file says, as `pulumi config set --path` would; a value for
 * a key that `isSecretKey` is taken as encrypted.
 */
export function override(
    settings: StackSettings,
    overrides: readonly string[],
    isSecretKey: (key: string) => boolean,
): StackSettings {
    const config = { ...settings.config };
    const secretKeys = new Set(settings.secretKeys);
    const encryptedKeys = new Set(settings.encryptedKeys);
    for (const text of overrides) {
        const [key, path, value] = parse(text);
        const [first] = path;
        if (first === undefined) {
            config[key] = value;
            encryptedKeys.delete(key);
        } else {
            const current = parseJson(config[key] ?? "");
            config[key] = asText(replaced(current, path, typed(value), key));
        }
        if (isSecretKey(key)) {
            secretKeys.add(key);
            encryptedKeys.delete(key);
        }
    }
    return { ...settings, config, secretKeys: [...secretKeys], encryptedKeys: [...encryptedKeys] };
}

/** @throws UserError for a `--config` that is not key=value. */
export function requireOverride(text: string): void {
    parse(text);
}

/** Full key and path that a `--config key=value` sets, as messages name it: `keep:ingress.tls.0.host`. */
export function overriddenPath(text: string): string {
    const [key, path] = parse(text);
    return [key, ...path].join(".");
}

type Path = readonly (string | number)[];

/** `ingress.tls[0].host=x` → key `keep:ingress`, path [tls, 0, host], value x. */
function parse(text: string): [string, Path, string] {
    const [, namespace = NAMESPACE, written = "", value = ""] = /^(?:([\w-]+):)?([^=\s]+)=([^]*)$/.exec(text) ?? [];
    const steps = [...written.matchAll(/\[(\d+)\]|\["([^"]*)"\]|\.?([^.[\]]+)/gy)];
    const [first, ...path] = steps.map(([, index, quoted, plain]) =>
        index === undefined ? (quoted ?? plain ?? "") : Number(index),
    );
    const isWhole = steps.map(([step]) => step).join("") === written && !written.startsWith(".");
    if (typeof first !== "string" || !isWhole) {
        throw new UserError(
            `--config ${text} is not key=value; write for example --config ingress.backendPrefix=/api2 or ` +
                `--config 'frontend.env["NODE_ENV"]=production'`,
        );
    }
    return [`${namespace}:${first}`, path, value];
}

function replaced(current: unknown, path: Path, value: unknown, at: string): unknown {
    const [step, ...rest] = path;
    if (step === undefined) {
        return value;
    }
    if (typeof step === "number") {
        const list: unknown[] = current === undefined ? [] : asList(current, at, step);
        return list.toSpliced(step, 1, replaced(list[step], rest, value, `${at}[${step}]`));
    }
    if (current !== undefined && !isRecord(current)) {
        throw new UserError(`--config cannot set ${at}.${step}: ${at} is ${typeName(current)}, which has no keys`);
    }
    return { ...current, [step]: replaced(current?.[step], rest, value, `${at}.${step}`) };
}

function asList(current: unknown, at: string, index: number): unknown[] {
    if (!Array.isArray(current) || index > current.length) {
        throw new UserError(`--config cannot set ${at}[${index}]: ${at} is ${typeName(current)}`);
    }
    return current;
}

/** What a value is called. It is not shown: it may be a secret in the wrong place. */
function typeName(value: unknown): string {
    return Array.isArray(value)
        ? `a list of ${value.length}`
        : typeof value === "string"
          ? "text"
          : `a ${typeof value}`;
}

/** Booleans and whole numbers are what they look like, lists and maps are JSON, everything else is text. */
function typed(value: string): unknown {
    if (value === "true" || value === "false") {
        return value === "true";
    }
    if (/^(0|-?[1-9]\d{0,14})$/.test(value)) {
        return Number(value);
    }
    return /^[[{]/.test(value) ? (parseJson(value) ?? value) : value;
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text === "" ? undefined : text;
    }
}
