import { issue, type Issue } from "../fields/issue";
import { envTiers } from "../secrets/settings";
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

const TIERS: readonly string[] = envTiers;

/**
 * Issues for passwords in settings, which are plain text in the stack's state, in the cluster and in the output of
 * commands.
 */
export function plainPasswords(settings: object): Issue[] {
    return textLeaves(settings)
        .filter(({ path, text }) => isPassword(text, path))
        .map(({ path }) => issue(path, `contains a password in plain text. ${fixFor(path)}`));
}

function isPassword(text: string, [key, field, name = ""]: readonly string[]): boolean {
    const isParameter = key === "database" && field === "parameters";
    return ADDRESS.test(text) || (isParameter && SECRET_PARAMETER.test(name) && text !== "");
}

function fixFor([key = "", field = "", , part]: readonly string[]): string {
    if (key === "proxy") {
        return "Remove it here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv";
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
