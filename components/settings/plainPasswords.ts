import { issue, type Issue } from "../fields/issue";
import { envTiers } from "../secrets/settings";
import { isLater } from "../tokens";

/**
 * An address with a password anywhere in a text, also of Go's driver for MySQL. What follows the colon is none where it is a port with a
 * path, or a reference that Kubernetes, a shell or a template fills in. The lengths are limited so that no text takes long.
 */
const ADDRESS =
    /:\/\/[^\s:@/[\]]{0,256}:(?!\d{1,5}[/?#])(?!\$|\{\{)[^\s@"'`]{1,1024}@|[^\s:@/]{1,256}:(?!\$)[^\s@"'`]{1,1024}@(tcp|unix)\(/;

/** A parameter of a database's URL that holds a password or key. */
const SECRET_PARAMETER = /pass(word|wd|phrase)|^pwd$|secret|token/i;

const TIERS: readonly string[] = envTiers;

/** Passwords in settings, which are in plain text in the stack's state, in the cluster and in the output of commands; each as an issue. */
export function plainPasswords(value: unknown, path: readonly string[] = []): Issue[] {
    if (typeof value === "string") {
        return isPassword(value, path) ? [issue(path, `contains a password in plain text. ${wayOut(path)}`)] : [];
    }
    return typeof value !== "object" || value === null || isLater(value)
        ? []
        : Object.entries(value).flatMap(([name, inner]) => plainPasswords(inner, [...path, name]));
}

function isPassword(text: string, [key, field, name = ""]: readonly string[]): boolean {
    const isParameter = key === "database" && field === "parameters";
    return ADDRESS.test(text) || (isParameter && SECRET_PARAMETER.test(name) && text !== "");
}

function wayOut([key = "", field = "", , part]: readonly string[]): string {
    if (key === "proxy") {
        return "Leave it out here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv";
    }
    if (key === "database") {
        return "Leave it out here, and put the whole address into keep:databaseUrl, or into a Secret that keep:database.urlSecret names";
    }
    if (!TIERS.includes(key)) {
        return "Remove it";
    }
    switch (field) {
        case "env":
            return "Move it to keep:secretEnv";
        case "command":
        case "args":
            return "Put it into keep:secretEnv, and write $(NAME) with the name of the variable in its place";
        case "initContainers":
        case "sidecars":
            return part === "command" || part === "args"
                ? "Put it into a variable with valueFrom.secretKeyRef, and write $(NAME) with the name of the variable in its place"
                : "Put it into a variable with valueFrom.secretKeyRef";
        default:
            return "Remove it";
    }
}
