import * as z from "zod";

import { input } from "../fields/input";
import { httpUrl } from "../fields/url";
import { count, keyReference } from "../fields/vocabulary";
import type { KeyReference, SecretUse, Variable } from "./provider";

/** Required text without whitespace. */
export const text = (what: string) =>
    z
        .string({ error: `is missing. Set it to the ${what}` })
        .regex(/^\S+$/, { error: `is empty or contains whitespace. Set it to the ${what}` });

/**
 * The issuer of a provider that only has https. The API compares it with the issuer in tokens as text
 * (okta_authverifier.py, onelogin_authverifier.py). There, the host is in lower case, without the default port.
 */
export function issuerUrl(what: string, example: string, endpoints: RegExp) {
    return httpUrl(what, example, { endpoints })
        .refine((url) => /^https:/i.test(url), {
            error: `begins with http, which the issuer in tokens does not. Write it like ${example}`,
            abort: true,
        })
        .transform((url) => new URL(url).href.replace(/\/$/, ""));
}

/** Settings of all kinds. */
export const session = {
    sessionSeconds: count(60)
        .optional()
        .describe("seconds without use after which a session ends; default: Keep's own, 30 days"),
};

/** Settings of identity providers at which Keep is a confidential client. */
export const client = {
    ...session,
    clientId: input(text("client id that the identity provider gave to Keep")).describe("client id of Keep"),
    clientSecret: keyReference
        .optional()
        .describe("key of an existing Secret with the client secret; else set keep:authClientSecret"),
};

/** The client secret. */
export const CLIENT_SECRET: Readonly<Record<"authClientSecret", SecretUse<{ clientSecret?: KeyReference }>>> = {
    authClientSecret: { isRequired: true, reference: ["auth.clientSecret", ({ clientSecret }) => clientSecret] },
};

/** Whether Keep creates a user on first sign-in. */
export const autoCreateUsers = z.boolean().default(true).describe("create a user in Keep at the first sign-in");

/** Suffix of the description of a provider in Keep's directory `ee`. */
export const ENTERPRISE = "(under Keep's enterprise license)";

/** Enables the providers in Keep's directory `ee` (keep/api/utils/import_ee.py). */
export const EE_ENABLED: Variable<unknown> = ["keep:auth.kind", () => "true"];

/** Value of variables that Keep treats as true unless they are empty, even if they are "false". */
export function truth(value: boolean): string {
    return value ? "true" : "";
}
