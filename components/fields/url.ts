import * as z from "zod";

/**
 * An address as it is written: URL would remove or replace white space, invisible characters and backslashes, and letters of a host that
 * are not in ASCII.
 */
const ADDRESS = /^https?:\/\/[\x21-\x2e\x30-\x5b\x5d-\x7e]+(\/[^\s\\\p{C}]*)?$/iu;

/** Names and addresses. URL also takes { of placeholders, and characters with a meaning in Kubernetes or a shell, such as $(NAME). */
const HOST = /^([\w.-]+|\[.+\])$/;

/**
 * Whether a text is an http or https URL that works without normalization.
 * https://url.spec.whatwg.org/#concept-url-parser
 */
export function isHttpAddress(text: string): boolean {
    if (!ADDRESS.test(text) || !URL.canParse(text)) {
        return false;
    }
    const { hostname, port } = new URL(text);
    return port !== "0" && HOST.test(hostname);
}

/** Paths of documents about a service, which clients append to its address (RFC 8615). */
const WELL_KNOWN = /\/\.well-known(\/.*)?$/;

/**
 * An http or https URL, without trailing slashes. User name and password are rejected, because URLs are plain text in
 * the stack file and in pods.
 * @param what noun for the messages, such as "address of Keycloak"
 * @param example a valid URL
 * @param complete whether the URL is used as it is; paths are appended to others, which therefore have no query
 * @param endpoints the end of URLs that users copy instead, which contain a path that a client appends
 */
export function httpUrl(
    what: string,
    example: string,
    { complete = false, endpoints }: { readonly complete?: boolean; readonly endpoints?: RegExp } = {},
) {
    const appended = (value: string) =>
        [WELL_KNOWN, endpoints]
            .map((ends) => ends?.exec(value.replace(/\/+$/, ""))?.[0])
            .find((end) => end !== undefined);
    return z
        .string({ error: `is not a URL. Set it to the ${what}, such as ${example}` })
        .refine(isHttpAddress, { error: `is not a URL. Set it to the ${what}, such as ${example}`, abort: true })
        .refine(hasNoCredentials, {
            error: "contains a user name or password, which would be stored in plain text. Remove them",
        })
        .refine((value) => !(complete ? /#/ : /[?#]/).test(value), {
            error: `contains ${complete ? "#" : "? or #"}. Remove it and what follows; write it like ${example}`,
        })
        .refine((value) => appended(value) === undefined, {
            error: ({ input }) =>
                `ends with ${appended(String(input)) ?? ""}, which is not part of the ${what}. Remove it; write it like ${example}`,
        })
        .meta({ format: "uri" })
        .transform((value) => value.replace(/\/+$/, ""));
}

function hasNoCredentials(value: string): boolean {
    const { username, password } = new URL(value);
    return username === "" && password === "";
}
