/** One mistake in what describes a Keep, whether a stack file or a program's arguments. */
export interface Issue {
    /** Path of the setting, such as `["ingress", "backendPrefix"]`. */
    readonly path: readonly string[];
    /**
     * What is wrong and what to do, as the rest of a sentence that begins with the setting and its value. Other settings
     * are written as in a stack file, such as `keep:redis.kind`; a program reads them without `keep:`.
     */
    readonly message: string;
    /** Value as given. Left out when it is absent, secret or beside the point. */
    readonly value?: unknown;
    /** Secret key that has to be set. A stack file's user reads the command for it. */
    readonly secretKey?: string;
}

/** Makes an issue. `path` is written with dots; give a list where a name itself may have dots. */
export function issue(
    path: string | readonly string[],
    message: string,
    more: Pick<Issue, "value" | "secretKey"> = {},
): Issue {
    return { path: typeof path === "string" ? path.split(".") : path, message, ...more };
}
