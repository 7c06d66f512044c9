import * as pulumi from "@pulumi/pulumi";

import { issue, type Issue } from "../fields/issue";
import { isTypo } from "../fields/nearest";
import { parseSecretEnv, type SecretEnv, type SecretKeyName, secretKeys } from "../secrets/settings";
import { isTooDeep, MOST_LEVELS } from "./depth";
import { outsideConfig } from "./outsideConfig";
import { keysOutsideConfig, positionsIn } from "./positions";
import { rejection } from "./rejection";
import { allKeys } from "./resolve";
import { stackSchema } from "./schema";
import type { Source } from "./source";

const OWN = "keep";
/** Namespace of the keys, in projects of any name. */
const NAMESPACE = `${OWN}:` as const;

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

/**
 * Reads the settings in Pulumi.<stack>.yaml, as the Pulumi CLI passes them.
 * @throws pulumi.RunError if the file has settings outside `config`, which the CLI does not pass
 */
export function loadConfig(): StackFile {
    const file = `Pulumi.${pulumi.getStack()}.yaml`;
    const ignored = keysOutsideConfig(file);
    if (ignored.length > 0) {
        throw rejection(outsideConfig(file, ignored));
    }
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
 * Issues for keys of the program in another namespace, which the program would ignore: that of the project, which Pulumi
 * adds to a key without one, or a typo of `keep`.
 */
function misplacedKeys(): Issue[] {
    const project = pulumi.getProject();
    return Object.entries(pulumi.runtime.allConfig()).flatMap(([full, value]) => {
        const [namespace = "", key = ""] = full.split(/:(.*)/s);
        const isOurs = namespace === project || isTypo(OWN, namespace.toLowerCase());
        return namespace === OWN || !isOurs || !allKeys().includes(key) || !isMisplaced(key, value)
            ? []
            : issue(
                  key,
                  `is written as ${full}, which the program ignores: its keys begin with keep:, in a project of any name. Write ${NAMESPACE}${key}`,
              );
    });
}

function isMisplaced(key: string, value: string): boolean {
    const initial: unknown = Object.entries(stackSchema.shape)
        .find(([name]) => name === key)?.[1]
        .safeParse(undefined).data;
    return !isUnset(value) && parseText(value) !== initial;
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
