/** An error in a stack file or in the arguments of a program. */
export interface Issue {
    /** Path of the setting, such as `["ingress", "backendPrefix"]`. */
    readonly path: readonly string[];
    /**
     * Reason and fix, as the rest of a sentence that begins with the setting and its value. Write other settings as in
     * a stack file, such as `keep:redis.kind`; messages for programs omit `keep:`.
     */
    readonly message: string;
    /** Invalid value; undefined if it is absent, secret or irrelevant. */
    readonly value?: unknown;
    /** Another setting, whose value replaces `{other}` in the message, unless it may be a credential. */
    readonly other?: { readonly path: readonly string[]; readonly value: unknown };
    /** Secret key to set. The message for a stack file contains the command. */
    readonly secretKey?: string;
}

/** Creates an issue. `path` is separated by dots; pass a list if a name can contain dots. */
export function issue(
    path: string | readonly string[],
    message: string,
    more: Pick<Issue, "other" | "secretKey" | "value"> = {},
): Issue {
    return { path: typeof path === "string" ? path.split(".") : path, message, ...more };
}
