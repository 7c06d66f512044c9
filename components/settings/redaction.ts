import { containsCredential } from "../fields/credentialForms";
import { isLater } from "../tokens";
import { takesText } from "./knownKeys";
import { valueForm } from "./managedEnv/values";

/** Stands in messages for what may be a credential. */
const HIDDEN = "[hidden]";

/** Names of credentials, such as `GRAFANA_TOKEN`. */
const CREDENTIAL_NAME =
    /pass(w(or)?d|wrod|phrase|code)|pass$|pwd|token|secret|credential|dsn|pem|signature|cookie|_auth$|^auths$|keys?$/i;

/** Settings with such a name that hold no credentials, but names: of Secrets, headers, labels and stores. */
const NAMES_ONLY: ReadonlySet<string> = new Set([
    "accessTokenHeader",
    "key",
    "pullSecrets",
    "secretName",
    "secretStore",
    "secretStoreFrom",
    "topologyKey",
]);

/** Settings that take text of any content, for programs and drivers; `secure` is what Pulumi writes for a secret. */
const FREE_TEXT: ReadonlySet<string> = new Set([
    "args",
    "command",
    "env",
    "httpHeaders",
    "options",
    "secretEnv",
    "secure",
    "volumeAttributes",
]);

/** Keys in PEM, Keep's API keys, logins of registries, keys of AWS, and assignments such as `password=…`. */
const CREDENTIAL_FORM =
    /-----BEGIN |^[^\s:]+:(admin|noc|webhook|workflowrunner):|"auths?"\s*:|\bA[KS]IA[\dA-Z]{8}|(key|sig|signature|pass|password|passwd|pwd|token|secret|dsn|credentials?)["']?\s*=/i;

/** A list of words or addresses, as most annotations have it. A header, a login and a snippet have other signs, and keys of Keep are UUIDs. */
const LIST = /^(?!.*[\da-f]{8}-[\da-f]{4}-)(?!.*\w:[a-z])[\w./:@*-]+(,\s*[\w./:@*-]+)*$|^[\d./,\s]+$|^arn:[\w:/.-]+$/i;

/** Runs of letters and digits, or of base64. Excludes digests of images, which are public. */
const RUN = /(?<!sha256:[\da-f]{0,64})(?:[a-z\d+/_=-]{32,}|[a-z\d]{16,})/gi;

/** The login in a URL or before a host. Excludes digests of images, and middlewares of Traefik (`auth@file`). */
const LOGIN = /^((?:[^:/]+:\/\/)?).+@(?!sha256:|(?:file|kubernetescrd)\b)/s;

/**
 * A copy of a value for messages, in which `[hidden]` replaces each text that may be a credential in the wrong place.
 * A text is shown only if
 *
 * - the schema has text, a number or a choice at its path: not an object, a list or an unknown setting,
 * - no name on its path is that of a credential or of a setting that takes any text, except variables whose values the
 *   program knows,
 * - it is a list of words, if it is an annotation, and
 * - it looks neither random nor like a credential, also by the rules that reject credentials in settings. Of an address with a login, only the rest is shown.
 *
 * A number is shown unless a name on its path says otherwise.
 * @param path the path of the value, from the top of the settings
 */
export function redacted(value: unknown, path: readonly string[]): unknown {
    if (typeof value === "number") {
        // JSON has no NaN.
        return path.some(namesCredential) ? HIDDEN : Number.isFinite(value) ? value : String(value);
    }
    if (typeof value === "string") {
        const [tier = "", field, name = ""] = path;
        const isTyped =
            (takesText(path) && !path.some(namesCredential) && (!path.some(isAnnotations) || LIST.test(value))) ||
            (field === "env" && valueForm(tier, name) !== undefined);
        return value === "" || isTyped ? redactedText(value) : HIDDEN;
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (isLater(value)) {
        return "an Output";
    }
    const fields = Object.keys(value).map((name) => {
        // A getter withholds a setting that is invalid or not known yet.
        const field = Object.getOwnPropertyDescriptor(value, name) ?? {};
        return [redactedText(name), "value" in field ? redacted(field.value, [...path, name]) : "[not known]"];
    });
    return Array.isArray(value) ? fields.map(([, inner]) => inner) : Object.fromEntries(fields);
}

function isAnnotations(name: string): boolean {
    return /annotations$/i.test(name);
}

/** Whether a setting may hold a credential, by its name. */
function namesCredential(name: string): boolean {
    return FREE_TEXT.has(name) || (CREDENTIAL_NAME.test(name) && !NAMES_ONLY.has(name));
}

/** A text or name for messages: without a login and random parts, and `[hidden]` if it looks like a credential. */
export function redactedText(text: string): string {
    const rest = text.replace(LOGIN, "$1…@");
    return CREDENTIAL_FORM.test(text) || containsCredential(rest) ? HIDDEN : withoutRandom(rest);
}

/** A text in which `[hidden]` replaces each part that looks random. */
export function withoutRandom(text: string): string {
    return text.replace(RUN, (run) => (isRandom(run) ? HIDDEN : run));
}

/** Whether a run is no word: it has letters and digits, and as base64 both cases. */
function isRandom(run: string): boolean {
    return /\d/.test(run) && (/^[a-z\d]+$/i.test(run) ? /[a-z]/i.test(run) : /[a-z]/.test(run) && /[A-Z]/.test(run));
}
