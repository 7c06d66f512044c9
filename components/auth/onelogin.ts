import * as z from "zod";

import { input } from "../fields/input";
import { autoCreateUsers, client, CLIENT_SECRET, issuerUrl, truth } from "./fields";
import { authProvider } from "./provider";

/** A role of OneLogin. Keep removes blanks around those in tokens (onelogin_authverifier.py). */
const role = z.string().regex(/^\S(.*\S)?$/, {
    error: "is empty, or begins or ends with a blank. Set it to a role, or remove it",
});

/** An application of OneLogin. */
export const onelogin = authProvider(
    z
        .strictObject({
            kind: z.literal("onelogin").describe("OneLogin"),
            ...client,
            issuer: input(
                issuerUrl(
                    "issuer of the application",
                    "https://example.onelogin.com/oidc/2",
                    // https://developers.onelogin.com/openid-connect/api/provider-config
                    /\/(auth|certs|logout|me|register|token(\/(introspection|revocation))?)$/,
                ).refine((url) => !new URL(url).hostname.endsWith(".onelogin.com") || /\/oidc(\/2)?$/.test(url), {
                    error: "is not an issuer of OneLogin. Write it like https://example.onelogin.com/oidc/2",
                }),
            ).describe("issuer of the application"),
            adminRole: input(role).prefault("keep_admin").describe("OneLogin role that has Keep's role admin"),
            nocRole: input(role).prefault("keep_noc").describe("OneLogin role that has Keep's role noc"),
            webhookRole: input(role).prefault("keep_webhook").describe("OneLogin role that has Keep's role webhook"),
            autoCreateUsers,
        })
        // Of one role for two, Keep takes the last (onelogin_authverifier.py, role_mappings).
        .refine(({ adminRole, nocRole, webhookRole }) => new Set([adminRole, nocRole, webhookRole]).size === 3, {
            path: ["adminRole"],
            error: "and nocRole or webhookRole are the same role of OneLogin, of which Keep takes only one meaning. Use three roles",
        }),
    {
        backend: {
            ONELOGIN_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            ONELOGIN_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            ONELOGIN_ISSUER: ["keep:auth.issuer", ({ issuer }) => issuer],
            ONELOGIN_ADMIN_ROLE: ["keep:auth.adminRole", ({ adminRole }) => adminRole],
            ONELOGIN_NOC_ROLE: ["keep:auth.nocRole", ({ nocRole }) => nocRole],
            ONELOGIN_WEBHOOK_ROLE: ["keep:auth.webhookRole", ({ webhookRole }) => webhookRole],
            ONELOGIN_AUTO_CREATE_USER: ["keep:auth.autoCreateUsers", (auth) => truth(auth.autoCreateUsers)],
        },
        frontend: {
            ONELOGIN_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            ONELOGIN_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            ONELOGIN_ISSUER: ["keep:auth.issuer", ({ issuer }) => issuer],
        },
        secrets: CLIENT_SECRET,
        urls: ({ issuer }) => [issuer],
    },
);
