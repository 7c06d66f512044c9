/** Who signs in where, as a client of a database reads it. */
export interface Login {
    readonly user: string;
    readonly password: string;
    readonly host: string;
    readonly port: string;
    readonly database: string;
    readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads a URL as libpq does (src/interfaces/libpq/fe-connect.c, conninfo_uri_parse_options): the first @ before a slash ends the login,
 * and every part is percent-decoded, but for plus signs. Unlike libpq it knows one host only, and any parameter.
 */
export function readByLibpq(url: string): Login {
    const found =
        /^postgresql:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?(\[[^\]]*\]|[^:/?]*)(?::(\d+))?(?:\/([^?]*))?(?:\?(.*))?$/s.exec(
            url,
        );
    if (found === null) {
        throw new Error(`libpq reads no URL in ${url}`);
    }
    const [user, password, host, port, database] = found
        .slice(1)
        .map((part: string | undefined) => decodeURIComponent(part ?? ""));
    const pairs = (found[6] ?? "").split("&").filter((pair) => pair !== "");
    const parameters = pairs.map((pair) => pair.split("=").map(decodeURIComponent));
    if (parameters.some(({ length }) => length !== 2)) {
        throw new Error(`libpq reads no parameters in ${url}`);
    }
    return {
        user: user ?? "",
        password: password ?? "",
        host: (host ?? "").replace(/^\[|\]$/g, ""),
        port: port ?? "",
        database: database ?? "",
        parameters: Object.fromEntries(parameters) as Record<string, string>,
    };
}

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", t: "\t", n: "\n", r: "\r", s: " " };

/**
 * Reads an option file as MySQL's clients do (mysys/my_default.cc): one pair of quotes around a value goes, and escapes are replaced.
 * Unlike them it knows no comments, and reads the group of all clients only.
 */
export function readOptions(file: string): Record<string, string> {
    const [client = ""] = file.split("[mysqldump]\n");
    const lines = client.split("\n").filter((line) => line !== "" && line !== "[client]");
    return Object.fromEntries(
        lines.map((line) => {
            const [, name = "", value = ""] = /^([\w-]+)=(.*)$/s.exec(line) ?? [];
            const bare = /^"(.*)"$/s.exec(value)?.[1] ?? value;
            return [name, bare.replace(/\\([btnrs\\'"])/g, (_whole, escape: string) => ESCAPES[escape] ?? escape)];
        }),
    );
}

/** The passwords in statements for MySQL, which has them as hexadecimal digits of UTF-8. */
export function passwordsOfMysql(statements: string): string[] {
    return [...statements.matchAll(/X'([0-9a-f]*)' USING utf8mb4/g)].map(([, digits = ""]) =>
        Buffer.from(digits, "hex").toString("utf8"),
    );
}
