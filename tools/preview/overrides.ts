import { isTooDeep, MOST_LEVELS } from "../../components/settings/depth";
import { isRecord } from "../inProcess/secrets";
import { asText, type StackSettings } from "./stackFile";
import { UserError } from "./userError";

/** Default namespace of a key. */
const NAMESPACE = "keep";

/**
 * Overrides settings of the stack file with each `--config key=value`, as `pulumi config set --path` would.
 * @param isSecretKey whether a key's value counts as encrypted
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
            const given = typed(value);
            if (path.length > MOST_LEVELS || isTooDeep(given) || isTooDeep(current)) {
                throw new UserError(`--config ${key} is nested deeper than ${MOST_LEVELS} levels. Remove some`);
            }
            config[key] = asText(replaced(current, path, given, key), key);
        }
        if (isSecretKey(key)) {
            secretKeys.add(key);
            encryptedKeys.delete(key);
        }
    }
    return { ...settings, config, secretKeys: [...secretKeys], encryptedKeys: [...encryptedKeys] };
}

/** @throws UserError if a `--config` is not key=value */
export function requireOverride(text: string): void {
    parse(text);
}

/** Key and path that a `--config key=value` sets, in the form of messages: `keep:ingress.tls.0.host`. */
export function overriddenPath(text: string): string {
    const [key, path] = parse(text);
    return [key, ...path].join(".");
}

type Path = readonly (string | number)[];

/** Parses `ingress.tls[0].host=x` to key `keep:ingress`, path [tls, 0, host] and value x. */
function parse(text: string): [string, Path, string] {
    const [, namespace = NAMESPACE, written = "", value = ""] = /^(?:([\w-]+):)?([^=\s]+)=([^]*)$/.exec(text) ?? [];
    const steps = [...written.matchAll(/\[(\d+)\]|\["([^"]*)"\]|\.?([^.[\]]+)/gy)];
    const [first, ...path] = steps.map(([, index, quoted, plain]) =>
        index === undefined ? (quoted ?? plain ?? "") : Number(index),
    );
    const isComplete = steps.map(([step]) => step).join("") === written && !written.startsWith(".");
    if (typeof first !== "string" || !isComplete) {
        // Only the key, since the rest may be a secret.
        const [shown = ""] = /^[^=\s]*=?/.exec(text) ?? [];
        throw new UserError(
            `--config ${shown} is not key=value. Write it like --config ingress.backendPrefix=/api2 or ` +
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

/** The type of a value, for messages. They do not contain the value, which may be a misplaced secret. */
function typeName(value: unknown): string {
    return Array.isArray(value)
        ? `a list of ${value.length}`
        : typeof value === "string"
          ? "text"
          : `a ${typeof value}`;
}

/** Parses booleans, integers, and lists and maps in JSON. All other values are text. */
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
