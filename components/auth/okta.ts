import * as z from "zod";

import { httpUrl } from "../fields/url";
import { client, CLIENT_SECRET } from "./fields";
import { authProvider } from "./provider";

/** An authorization server of Okta. */
export const okta = authProvider(
    z.strictObject({
        kind: z.literal("okta").describe("Okta"),
        ...client,
        issuer: httpUrl("issuer of the authorization server", "https://example.okta.com/oauth2/default").describe(
            "issuer of the authorization server",
        ),
        audience: z
            .string()
            .optional()
            .describe("audience of the access tokens, often api://default; default: Keep's own, the client id"),
        jwksUrl: httpUrl("address of the signing keys", "https://example.okta.com/oauth2/default/v1/keys")
            .optional()
            .describe("address of the signing keys; default: the issuer's v1/keys"),
    }),
    {
        backend: {
            OKTA_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            OKTA_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            OKTA_ISSUER: ["keep:auth.issuer", ({ issuer }) => issuer],
            OKTA_DOMAIN: ["keep:auth.issuer", ({ issuer }) => new URL(issuer).origin],
            OKTA_AUDIENCE: ["keep:auth.audience", ({ audience }) => audience],
            // Keep would read /.well-known/jwks.json, which Okta does not serve
            // (https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/).
            OKTA_JWKS_URL: ["keep:auth.jwksUrl", ({ issuer, jwksUrl }) => jwksUrl ?? `${keysOf(issuer)}/v1/keys`],
            OKTA_API_TOKEN: ["keep:oktaApiToken", (_, secrets) => secrets.oktaApiToken],
        },
        frontend: {
            OKTA_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            OKTA_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            OKTA_ISSUER: ["keep:auth.issuer", ({ issuer }) => issuer],
        },
        secrets: {
            ...CLIENT_SECRET,
            oktaApiToken: {
                isRequired: false,
                reference: ["existingSecrets.oktaApiToken", (_, existing) => existing.oktaApiToken],
            },
        },
        urls: ({ issuer }) => [issuer],
    },
);

/** The organisation's own authorization server has its keys below /oauth2, although its issuer has no path. */
function keysOf(issuer: string): string {
    return new URL(issuer).pathname === "/" ? `${issuer}/oauth2` : issuer;
}
