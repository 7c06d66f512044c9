import * as z from "zod";

import { input } from "../fields/input";
import { count, keyReference } from "../fields/vocabulary";
import type { KeyReference, SecretUse, Variable } from "./provider";

/** Text that must be given. */
export const text = (what: string) =>
    z
        .string({ error: `is missing. Give the ${what}` })
        .regex(/^\S+$/, { error: `is empty or contains whitespace. Give the ${what}` });

/** Settings of every way to sign in. */
export const session = {
    sessionSeconds: count(60).optional().describe("lifetime of a session in seconds; default: Keep's own, 30 days"),
};

/** Settings of every identity provider at which Keep is a client with a secret. */
export const client = {
    ...session,
    clientId: input(text("client id that the identity provider gave to Keep")).describe("client id of Keep"),
    clientSecret: keyReference
        .optional()
        .describe("key of an existing Secret with the client secret; else set keep:authClientSecret"),
};

/** The secret of such a client. */
export const CLIENT_SECRET: Readonly<Record<"authClientSecret", SecretUse<{ clientSecret?: KeyReference }>>> = {
    authClientSecret: { isRequired: true, reference: ["auth.clientSecret", ({ clientSecret }) => clientSecret] },
};

/** Whether Keep creates a user on first sign-in. */
export const autoCreateUsers = z.boolean().default(true).describe("create a user in Keep at the first sign-in");

/** Ends the description of a provider that Keep has in its directory `ee`. */
export const ENTERPRISE = "(under Keep's enterprise license)";

/** Keep finds the verifiers in its directory `ee` only with this (keep/api/utils/import_ee.py). */
export const EE_ENABLED: Variable<unknown> = ["keep:auth.kind", () => "true"];

/** Keep tests whether this text is empty, so "false" would count as true. */
export function truth(value: boolean): string {
    return value ? "true" : "";
}
