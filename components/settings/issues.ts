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

/** A value for the reader. User name and password of an address are left out: it may have been typed in the wrong place. */
function shown(value: unknown): string {
    const text = JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === "string" ? inner.replace(/:\/\/.*@/s, "://…@") : inner,
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
