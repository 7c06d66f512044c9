import { containsCredential, endsInCredential, isCredential, isSecretAnnotation } from "../fields/credentialForms";
import { issue, type Issue } from "../fields/issue";
import { envTiers } from "../secrets/settings";
import { valueAt } from "../tokens";
import { textLeaves } from "./textLeaves";

/** Names of parameters of a database URL that contain a password or key. */
const SECRET_PARAMETER = /pass(word|wd|phrase)|^pwd$|secret|token/i;

const TIERS: readonly string[] = envTiers;

/**
 * Issues for passwords in settings, which are plain text in the stack's state, in the cluster and in the output of
 * commands.
 */
export function plainPasswords(settings: object): Issue[] {
    return textLeaves(settings)
        .filter(({ path, text }) => isPassword(text, path, settings))
        .map(({ path }) => issue(path, `contains a password or key in plain text. ${plainTextFix(path)}`));
}

function isPassword(text: string, path: readonly string[], settings: object): boolean {
    const [key, field, name = ""] = path;
    const isParameter = key === "database" && field === "parameters";
    const named = namedBy(path, settings);
    const command = commandTo(path, settings);
    return (
        (command.length === 0 ? containsCredential(text) : endsInCredential(command)) ||
        (named !== undefined && isCredential(named, text)) ||
        (isAnnotation(path) && isSecretAnnotation(path.at(-1) ?? "", text)) ||
        (isParameter && SECRET_PARAMETER.test(name) && text !== "")
    );
}

/** Whether a path ends in the name of an annotation or label. */
function isAnnotation(path: readonly string[]): boolean {
    return /(annotations|labels)$/i.test(path.at(-2) ?? "");
}

/** Name of the variable, header or attribute of a volume whose value a text is. */
function namedBy(path: readonly string[], settings: object): string | undefined {
    const [tier = "", field, name] = path;
    const [group, list, last] = path.slice(-3);
    if (field === "env" && path.length === 3 && TIERS.includes(tier)) {
        return name;
    }
    if (list === "volumeAttributes" || (group === "flexVolume" && list === "options")) {
        return last;
    }
    const sibling =
        last === "value" && (group === "env" || group === "httpHeaders")
            ? valueAt(settings, [...path.slice(0, -1), "name"])
            : undefined;
    return typeof sibling === "string" ? sibling : undefined;
}

/** The words of a command up to a text in it. Arguments follow the words of their container's command. */
function commandTo(path: readonly string[], settings: object): readonly string[] {
    const [field = "", index = ""] = path.slice(-2);
    if (field !== "command" && field !== "args") {
        return [];
    }
    const before = field === "args" ? wordsAt([...path.slice(0, -2), "command"], settings) : [];
    return [...before, ...wordsAt(path.slice(0, -1), settings).slice(0, Number(index) + 1)];
}

function wordsAt(path: readonly string[], settings: object): readonly string[] {
    const words = valueAt(settings, path);
    return Array.isArray(words) ? words.map(String) : [];
}

/** What to do with a secret that a setting has in plain text. */
export function plainTextFix(path: readonly string[]): string {
    const [key = "", field = "", , part] = path;
    if (key === "proxy") {
        return "Remove it here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv";
    }
    if (isAnnotation(path)) {
        return /^(pods\.annotations|.*\.podAnnotations)\./.test(path.join("."))
            ? "Remove it, or write a reference that the reader of the annotation supports, such as ${NAME}"
            : "Remove it";
    }
    const isPersistent = path.includes("persistentVolume");
    if (isPersistent || path.includes("volumeAttributes")) {
        const reference = isPersistent ? "csi.nodeStageSecretRef" : "csi.nodePublishSecretRef";
        return `Remove it here, and name a Secret with it in the source, such as ${reference}`;
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
    if (path.includes("httpHeaders")) {
        return "Use exec instead of httpGet, and read the header from a variable of a Secret in a shell (sh -c)";
    }
    if (path.includes("exec")) {
        return "Move it to a variable with valueFrom.secretKeyRef, and read the variable in a shell (sh -c)";
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
