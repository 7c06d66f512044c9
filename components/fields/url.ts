import * as z from "zod";

/**
 * An address as it is written: URL would remove or replace white space, invisible characters and backslashes, and letters of a host that
 * are not in ASCII.
 */
const ADDRESS = /^https?:\/\/[\x21-\x2e\x30-\x5b\x5d-\x7e]+(\/[^\s\\\p{C}]*)?$/iu;

/**
 * Whether a text is an http or https URL that works without normalization.
 * https://url.spec.whatwg.org/#concept-url-parser
 */
export function isHttpAddress(text: string): boolean {
    return ADDRESS.test(text) && URL.canParse(text) && new URL(text).port !== "0";
}

/**
 * An http or https URL, without trailing slashes. User name and password are rejected, because URLs are plain text in
 * the stack file and in pods.
 * @param what noun for the messages, such as "address of Keycloak"
 * @param complete whether the URL is used as it is; paths are appended to others, which therefore have no query
 */
export function httpUrl(what: string, example: string, complete = false) {
    return z
        .string({ error: `is not a URL. Set it to the ${what}, such as ${example}` })
        .refine(isHttpAddress, { error: `is not a URL. Set it to the ${what}, such as ${example}`, abort: true })
        .refine(hasNoCredentials, {
            error: "contains a user name or password, which would be stored in plain text. Remove them",
        })
        .refine((value) => !(complete ? /#/ : /[?#]/).test(value), {
            error: `contains ${complete ? "#" : "? or #"}. Remove it and what follows; write it like ${example}`,
        })
        .refine((value) => complete || !/\/\.well-known(\/|$)/.test(value), {
            error: `is the address of a document, and Keep adds its path itself. Remove /.well-known and what follows; write it like ${example}`,
        })
        .meta({ format: "uri" })
        .transform((value) => value.replace(/\/+$/, ""));
}

function hasNoCredentials(value: string): boolean {
    const { username, password } = new URL(value);
    return username === "" && password === "";
}
