import type { Issue } from "../fields/issue";
import type { Source } from "./source";

/** Properties of a source that affect the text of a message. */
type Wording = Pick<Source, "locate" | "namespace">;

/** The message of an issue: position, setting, value, reason and fix. */
export function formatIssue({ path, message, value, secretKey }: Issue, { namespace, locate }: Wording): string {
    const place = locate?.(path);
    const key = `${place === undefined ? "" : `${place} `}${namespace}${path.join(".")}`;
    const reason = namespace === "" ? message.replaceAll("keep:", "") : message;
    const command =
        secretKey === undefined || namespace === "" ? "" : ` Run: pulumi config set --secret ${namespace}${secretKey}`;
    return visible(
        value === undefined ? `${key} ${reason}.${command}` : `${key} (${shown(value)}) ${reason}.${command}`,
    );
}

/** The message of all issues of a source. */
export function formatIssues(issues: readonly Issue[], source: Wording & Pick<Source, "title">): string {
    const count = issues.length === 1 ? "1 problem" : `${issues.length} problems`;
    return [`${count} in ${source.title}:`, ...issues.map((issue) => `  - ${formatIssue(issue, source)}`)].join("\n");
}

/**
 * Patterns of secrets that users may write to the wrong setting: keys in PEM, user:password@host, Keep's API keys,
 * parameters of URLs.
 */
const SECRET_FORMS =
    /-----BEGIN |^[^/\s:@]*:(?!\/\/)[^@\s]*@(?!sha256:)|^[^\s:]+:(admin|noc|webhook|workflowrunner):|"auths?"\s*:|\bAKIA[0-9A-Z]{8}|(key|sig|signature|password|pwd|token|secret)=/i;

/** Names of fields with secrets. */
const SECRET_FIELDS = /password|token|secret_?access_?key|secret_?key$/i;

/** A value for a message, without credentials in URLs and without text that looks like a secret. */
function shown(value: unknown): string {
    const text = JSON.stringify(value, (field, inner: unknown) =>
        typeof inner !== "string"
            ? inner
            : SECRET_FORMS.test(inner) || SECRET_FIELDS.test(field)
              ? "[hidden]"
              : inner.replace(/:\/\/.*@/s, "://…@"),
    );
    return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Escapes characters that a terminal would interpret, reorder or hide. */
function visible(text: string): string {
    return text.replace(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
        (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}
