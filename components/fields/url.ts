import * as z from "zod";

/**
 * An http or https address, returned without a slash at its end. A user name or password in it is refused: addresses are plain
 * values, in the stack file as in the pods.
 * @param what noun for the messages, such as "address of Keycloak"
 */
export function httpUrl(what: string, example: string) {
    return z
        .url({ protocol: /^https?$/, error: `is not a URL. Give the ${what}, such as ${example}`, abort: true })
        .refine(hasNoCredentials, {
            error: `contains a user name or password, which would be stored in plain text. Give the ${what} alone`,
        })
        .transform((value) => value.replace(/\/+$/, ""));
}

function hasNoCredentials(value: string): boolean {
    const { username, password } = new URL(value);
    return username === "" && password === "";
}
