import type { Issue } from "../fields/issue";
import { redacted, redactedText, withoutRandom } from "./redaction";
import type { Source } from "./source";

/** Properties of a source that affect the text of a message. */
type Wording = Pick<Source, "locate" | "namespace">;

/** The message of an issue: position, setting, value, reason and fix. */
export function formatIssue({ path, message, value, other, secretKey }: Issue, { namespace, locate }: Wording): string {
    const place = locate?.(path);
    const key = `${place === undefined ? "" : `${place} `}${namespace}${path.map(redactedText).map(written).join(".")}`;
    const text = withoutRandom(namespace === "" ? message.replaceAll("keep:", "") : message);
    const reason = other === undefined ? text : text.replace("{other}", () => shown(other.value, other.path));
    const command =
        secretKey === undefined || namespace === "" ? "" : ` Run: pulumi config set --secret ${namespace}${secretKey}`;
    return visible(
        value === undefined ? `${key} ${reason}.${command}` : `${key} (${shown(value, path)}) ${reason}.${command}`,
    );
}

/** The message of all issues of a source. */
export function formatIssues(issues: readonly Issue[], source: Wording & Pick<Source, "title">): string {
    const count = issues.length === 1 ? "1 problem" : `${issues.length} problems`;
    return [`${count} in ${source.title}:`, ...issues.map((issue) => `  - ${formatIssue(issue, source)}`)].join("\n");
}

/** A value for a message, without what may be a credential. */
function shown(value: unknown, path: readonly string[]): string {
    const text = JSON.stringify(redacted(value, path));
    return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** A name on the path of a setting: in quotes if a reader could not see where it begins and ends. */
function written(name: string): string {
    return /^[\w-]([\w./-]*[\w-])?$/.test(name) ? name : JSON.stringify(name);
}

/** Escapes characters that a terminal would interpret, reorder or hide. */
function visible(text: string): string {
    return text.replace(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
        (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}
