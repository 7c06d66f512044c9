import * as pulumi from "@pulumi/pulumi";

import { issue, type Issue } from "../fields/issue";
import { parseSecretEnv, type SecretEnv, type SecretKeyName, secretKeys } from "../secrets/settings";
import { isTooDeep, MOST_LEVELS } from "./depth";
import { positionsIn } from "./positions";
import { allKeys } from "./resolve";
import { stackSchema } from "./schema";
import type { Source } from "./source";

/** Namespace of the keys, in projects of any name. */
const NAMESPACE = "keep:";

/** The settings in Pulumi.<stack>.yaml before validation. `loadConfig` reads them; `Keep` validates them. */
export class StackFile implements Source {
    public readonly title = `Pulumi.${pulumi.getStack()}.yaml; nothing was changed`;
    public readonly namespace = NAMESPACE;

    public readonly locate = positionsIn(`Pulumi.${pulumi.getStack()}.yaml`, pulumi.runtime.allConfig());

    constructor(
        public readonly settings: Source["settings"],
        public readonly secrets: Source["secrets"],
        public readonly secretEnv: SecretEnv,
        public readonly issues: readonly Issue[],
    ) {}
}

/** Reads the settings in Pulumi.<stack>.yaml, as the Pulumi CLI passes them. */
export function loadConfig(): StackFile {
    const written = Object.entries(pulumi.runtime.allConfig())
        .filter(([key]) => key.startsWith(NAMESPACE))
        .map(([key, value]): [string, string] => [key.slice(NAMESPACE.length), value])
        // An encrypted empty value is an error, not an unset key, and so is an unknown key.
        .filter(([key, value]) => !isUnset(value) || isEncrypted(key) || !allKeys().includes(key));
    const { secretEnv = "{}", ...secrets } = Object.fromEntries(written.filter(([key]) => isSecretKey(key)));
    const settings = written.filter(([key]) => !isSecretKey(key));
    const isMisplacedSecret = ([key]: [string, string]) => Object.hasOwn(stackSchema.shape, key) && isEncrypted(key);
    const parsed = settings
        .filter((entry) => !isMisplacedSecret(entry))
        .map(([key, text]) => [key, parseText(text)] as const);
    const secretEnvMessage = secretKeys.secretEnv.message(secretEnv);
    return new StackFile(
        Object.fromEntries(parsed.filter(([, value]) => !isTooDeep(value))),
        secrets,
        parseSecretEnv(secretEnv) ?? {},
        [
            ...written.filter(([key]) => isSecretKey(key) && !isEncrypted(key)).map(([key]) => plainSecret(key)),
            ...settings.filter(isMisplacedSecret).map(([key]) => hiddenSetting(key)),
            ...parsed
                .filter(([, value]) => isTooDeep(value))
                .map(([key]) => issue(key, `is nested deeper than ${MOST_LEVELS} levels. Remove some`)),
            ...(secretEnvMessage === undefined ? [] : [issue("secretEnv", secretEnvMessage)]),
            ...misplacedKeys(),
        ],
    );
}

function plainSecret(key: string): Issue {
    return issue(key, "is stored in plain text. Encrypt it", { secretKey: key });
}

function hiddenSetting(key: string): Issue {
    const message =
        "contains an encrypted value, which the program would use in plain text. Move it to the secret key for this value; see docs/configuration.md";
    return issue(key, message);
}

/**
 * Issues for keys without a namespace. Pulumi adds the name of the project, and if it is not `keep`, the program would
 * ignore the value.
 */
function misplacedKeys(): Issue[] {
    const project = pulumi.getProject();
    return allKeys()
        .filter(
            (key) => `${project}:` !== NAMESPACE && isMisplaced(key, pulumi.runtime.allConfig()[`${project}:${key}`]),
        )
        .map((key) =>
            issue(
                key,
                `is written as ${project}:${key}, which the program ignores: its keys begin with keep:, in a project of any name. Write ${NAMESPACE}${key}`,
            ),
        );
}

function isMisplaced(key: string, value: string | undefined): boolean {
    const initial: unknown = Object.entries(stackSchema.shape)
        .find(([name]) => name === key)?.[1]
        .safeParse(undefined).data;
    return value !== undefined && !isUnset(value) && parseText(value) !== initial;
}

/** Whether a key is encrypted. The SDK has a function for it, but no type. */
function isEncrypted(key: string): boolean {
    const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };
    return isConfigSecret(`${NAMESPACE}${key}`);
}

/** Pulumi.yaml declares each key with an empty default, because Pulumi requires values for keys without a default. */
function isUnset(value: string): boolean {
    return value === "" || value === "{}";
}

function isSecretKey(key: string): key is SecretKeyName {
    return Object.hasOwn(secretKeys, key);
}

/** Parses a value, which Pulumi passes as text: objects, lists and booleans as JSON. No top-level key is a number. */
function parseText(text: string): unknown {
    if (!/^([[{]|true$|false$)/.test(text)) {
        return text;
    }
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}
