import { issue, type Issue } from "../fields/issue";
import { isNoSecret, namesSecret } from "../fields/secretName";
import { envTiers } from "../secrets/settings";
import { valueAt } from "../tokens";
import { textLeaves } from "./textLeaves";

/**
 * A URL with a password, or an address of Go's MySQL driver, anywhere in a text. Excludes ports before a path, and
 * references that Kubernetes, a shell or a template expands. The lengths are limited, so that matching is fast for any
 * text.
 */
const ADDRESS =
    /:\/\/[^\s:@/[\]]{0,256}:(?!\d{1,5}[/?#])(?!\$|\{\{)[^\s@"'`]{1,1024}@|[^\s:@/]{1,256}:(?!\$)[^\s@"'`]{1,1024}@(tcp|unix)\(/;

/** Names of parameters of a database URL that contain a password or key. */
const SECRET_PARAMETER = /pass(word|wd|phrase)|^pwd$|secret|token/i;

/** Arguments with a credential, such as `--client-secret=…`. */
const SECRET_ARGUMENT = /^--?[\w-]*(password|passphrase|secret|token|api-?key)(?:[= ](?<value>.+))?$/is;

/** A header with a credential, as in the variable `OTEL_EXPORTER_OTLP_HEADERS`. */
const AUTHORIZATION = /\bauthorization["']?\s*[:=]\s*["']?(bearer|basic)(\s|%20)+(?!\$)[\w+/=.~-]{8,}/i;

/** The same as the whole value of a variable. The digit or padding sets a token apart from words. */
const SCHEME = /^(bearer|basic)(\s|%20)+(?=\S*[\d=])(?!\$)\S{8,}$/i;

/** Variables with headers, such as `OTEL_EXPORTER_OTLP_HEADERS`, and the headers with a credential among their pairs. */
const HEADERS_VARIABLE = /(^|_)HEADERS$/i;
const SECRET_HEADER = /(^|,)\s*[\w-]*(auth|key|token|secret|honeycomb-team)[\w-]*\s*=\s*(?!\s|\$)[^,]{8,}/i;

/**
 * Forms of tokens, webhooks and pairs of keys that show what they are, whatever the name of the variable
 * (config/gitleaks.toml of gitleaks/gitleaks).
 */
const TOKENS: readonly RegExp[] = [
    /\bgh[oprsu]_[0-9A-Za-z]{36}|\bgithub_pat_\w{22,}|\bglpat-[\w-]{20}/,
    /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-\w+-\d+-\w+/i,
    /\bsk-(?=[\w-]*\d)[\w-]{20,}|\b[rs]k_(test|live|prod)_[0-9A-Za-z]{10,}/,
    /\bAIza[\w-]{35}|\bgl(c|sa)_[\w+/]{32,}|\bdop_v1_[0-9a-f]{64}|\bSG\.[\w=.-]{66}|\bnpm_[0-9A-Za-z]{36}|\bpul-[0-9a-f]{40}/,
    /\bA[KS]IA[A-Z2-7]{16}\b[^A-Za-z0-9][^]{0,64}?(?<![\w/+])[\w/+]{40}(?![\w/+])/,
    /\bhooks\.slack\.com\/(services|workflows|triggers)\/(?!\$)[\w/+]{20,}/,
    /\bdiscord(app)?\.com\/api\/webhooks\/\d+\/(?!\$)[\w-]{20,}|\.webhook\.office\.com\/webhookb2\/(?!\$)\S{20,}/,
];

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** A password in an option of a mount (mount.cifs(8)), or in a connection string of libpq, as in `primary_conninfo`. */
const ASSIGNED_PASSWORD = /(^|[\s,;'"])(password|passwd|pass)\s*=\s*[^\s,;]/i;

const TIERS: readonly string[] = envTiers;

/**
 * Issues for passwords in settings, which are plain text in the stack's state, in the cluster and in the output of
 * commands.
 */
export function plainPasswords(settings: object): Issue[] {
    return textLeaves(settings)
        .filter(({ path, text }) => isPassword(text, path) || isCredential(text, path, settings))
        .map(({ path }) => issue(path, `contains a password or key in plain text. ${plainTextFix(path)}`));
}

function isPassword(text: string, path: readonly string[]): boolean {
    const [key, field, name = ""] = path;
    const isParameter = key === "database" && field === "parameters";
    return (
        ADDRESS.test(text) ||
        PRIVATE_KEY.test(text) ||
        (isParameter && SECRET_PARAMETER.test(name) && text !== "") ||
        (path.includes("persistentVolume") && isVolumePassword(text, path)) ||
        (key === "database" && field === "settings" && ASSIGNED_PASSWORD.test(text))
    );
}

/** Whether a text of a PersistentVolume is a password: an option of a mount, or an attribute of a driver. */
function isVolumePassword(text: string, path: readonly string[]): boolean {
    return path.includes("mountOptions")
        ? ASSIGNED_PASSWORD.test(text)
        : path.includes("volumeAttributes") && /pass(word|wd|phrase)$/i.test(path.at(-1) ?? "") && text !== "";
}

/** Whether a text is a credential in a variable or argument of a container. */
function isCredential(text: string, path: readonly string[], settings: object): boolean {
    const [tier = "", field, item = "", part, index = "", key] = path;
    if (!TIERS.includes(tier)) {
        return false;
    }
    const isContainer = field === "sidecars" || field === "initContainers";
    const argument = field === "args" || field === "command" || part === "args" || part === "command";
    const variable =
        field === "env" && path.length === 3
            ? item
            : isContainer && part === "env" && key === "value"
              ? valueAt(settings, [tier, field, item, part, index, "name"])
              : undefined;
    const secret = argument ? secretArgument(text, path, settings) : undefined;
    return (
        (secret !== undefined && !isNoSecret(secret)) ||
        (typeof variable === "string" && namesSecret(variable, text)) ||
        ((argument || variable !== undefined) && [AUTHORIZATION, ...TOKENS].some((form) => form.test(text))) ||
        (variable !== undefined && SCHEME.test(text)) ||
        (typeof variable === "string" && HEADERS_VARIABLE.test(variable) && SECRET_HEADER.test(text))
    );
}

/** The credential in an argument, or the argument itself after an option such as `--client-secret`. */
function secretArgument(text: string, path: readonly string[], settings: object): string | undefined {
    const before = valueAt(settings, [...path.slice(0, -1), String(Number(path.at(-1)) - 1)]);
    const isAfter = typeof before === "string" && SECRET_ARGUMENT.exec(before)?.groups?.value === undefined;
    const isValue = isAfter && SECRET_ARGUMENT.test(before) && !text.startsWith("-");
    return isValue ? text : SECRET_ARGUMENT.exec(text)?.groups?.value;
}

/** What to do with a secret that a setting has in plain text. */
export function plainTextFix(path: readonly string[]): string {
    const [key = "", field = "", , part] = path;
    if (key === "proxy") {
        return "Remove it here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv";
    }
    if (path.includes("persistentVolume")) {
        return "Remove it here, and name a Secret with it in the source, such as csi.nodeStageSecretRef";
    }
    if (key === "database" && field === "backup") {
        return "Remove it here, and name a Secret with the keys in keep:database.backup.credentials";
    }
    if (key === "database" && field === "settings") {
        return "Remove it: the server has no use for it";
    }
    if (key === "database") {
        return "Remove it here, and write the complete URL to keep:databaseUrl, or to a Secret and set keep:database.urlSecret";
    }
    if (!TIERS.includes(key)) {
        return "Remove it";
    }
    switch (field) {
        case "env":
            return "Move it to keep:secretEnv";
        case "command":
        case "args":
            return "Move it to a variable in keep:secretEnv, and write $(NAME) with the name of the variable";
        case "initContainers":
        case "sidecars":
            return part === "command" || part === "args"
                ? "Move it to a variable with valueFrom.secretKeyRef, and write $(NAME) with the name of the variable"
                : "Move it to a variable with valueFrom.secretKeyRef";
        default:
            return "Remove it";
    }
}
