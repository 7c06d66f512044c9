import * as z from "zod";

/** An address as it is written: URL would remove or replace white space, control characters and backslashes. */
const ADDRESS = /^https?:\/\/[^\s\\\p{Cc}]+$/iu;

/**
 * Whether a text is an http or https address that can be connected to as it is written.
 * https://url.spec.whatwg.org/#concept-url-parser
 */
export function isHttpAddress(text: string): boolean {
    return ADDRESS.test(text) && URL.canParse(text) && new URL(text).port !== "0";
}

/**
 * An http or https address, returned without a slash at its end. A user name or password in it is refused: addresses are plain
 * values, in the stack file as in the pods.
 * @param what noun for the messages, such as "address of Keycloak"
 */
export function httpUrl(what: string, example: string) {
    return z
        .string({ error: `is not a URL. Give the ${what}, such as ${example}` })
        .refine(isHttpAddress, { error: `is not a URL. Give the ${what}, such as ${example}`, abort: true })
        .refine(hasNoCredentials, {
            error: `contains a user name or password, which would be stored in plain text. Give the ${what} alone`,
        })
        .meta({ format: "uri" })
        .transform((value) => value.replace(/\/+$/, ""));
}

function hasNoCredentials(value: string): boolean {
    const { username, password } = new URL(value);
    return username === "" && password === "";
}
