import type { Issue } from "../fields/issue";
import type { Source } from "./source";

/** What the words of an issue follow from. */
type Wording = Pick<Source, "locate" | "namespace">;

/** One issue as a sentence: place, setting, value, reason and way out, in the terms of its source. */
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

/** Every issue of a source as one message. */
export function formatIssues(issues: readonly Issue[], source: Wording & Pick<Source, "title">): string {
    const count = issues.length === 1 ? "1 problem" : `${issues.length} problems`;
    return [`${count} in ${source.title}:`, ...issues.map((issue) => `  - ${formatIssue(issue, source)}`)].join("\n");
}

/** Forms of secrets that somebody may have typed in the wrong place: keys in PEM, user:password@host, Keep's API keys, parts of URLs. */
const SECRET_FORMS =
    /-----BEGIN |^[^/\s:@]*:(?!\/\/)[^@\s]*@(?!sha256:)|^[^\s:]+:(admin|noc|webhook|workflowrunner):|"auths?"\s*:|\bAKIA[0-9A-Z]{8}|(key|sig|signature|password|pwd|token|secret)=/i;

/** Fields of an object that hold secrets. */
const SECRET_FIELDS = /password|token|secret_?access_?key|secret_?key$/i;

/** A value for the reader, without user name and password of an address, and without what looks like a secret. */
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

/** Text with an escape in the place of each character that a terminal would obey, reorder or hide. */
function visible(text: string): string {
    return text.replace(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
        (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}
