import * as z from "zod";

import { input } from "../fields/input";
import { computedText } from "../tokens";
import { httpUrl } from "../fields/url";
import { client, CLIENT_SECRET, text } from "./fields";
import { authProvider } from "./provider";

/** Host of the console, which issues no tokens (https://developer.okta.com/docs/guides/find-your-domain/). */
const ADMINISTRATION = /-admin\.(okta|okta-emea|oktapreview)\.com$/;

/** An authorization server of Okta. */
export const okta = authProvider(
    z.strictObject({
        kind: z.literal("okta").describe("Okta"),
        ...client,
        issuer: input(
            httpUrl("issuer of the authorization server", "https://example.okta.com/oauth2/default", {
                // https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/
                endpoints: /\/v1\/(authorize|clients|introspect|keys|logout|revoke|token|userinfo)$/,
            })
                .refine((url) => !ADMINISTRATION.test(new URL(url).hostname), {
                    error: "is at the host of Okta's administration. Remove -admin from its name",
                    abort: true,
                })
                // The org authorization server, or another by its id (the page above).
                .refine((url) => /^\/(oauth2\/[^/]+)?$/.test(new URL(url).pathname), {
                    error: "has a path that no issuer of Okta has. Write it like https://example.okta.com or https://example.okta.com/oauth2/default",
                }),
        ).describe("issuer of the authorization server"),
        audience: input(text("audience of the access tokens"))
            .optional()
            .describe("audience of the access tokens, often api://default; default: Keep's own, the client id"),
        jwksUrl: input(
            httpUrl("address of the signing keys", "https://example.okta.com/oauth2/default/v1/keys", {
                complete: true,
                endpoints: /\/v1\/(authorize|token)$/,
            }),
        )
            .optional()
            .describe("address of the signing keys; default: the issuer's v1/keys"),
    }),
    {
        backend: {
            OKTA_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            OKTA_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            OKTA_ISSUER: ["keep:auth.issuer", ({ issuer }) => issuer],
            OKTA_DOMAIN: ["keep:auth.issuer", ({ issuer }) => computedText(issuer, (known) => new URL(known).origin)],
            OKTA_AUDIENCE: ["keep:auth.audience", ({ audience }) => audience],
            // Keep's default is /.well-known/jwks.json, which Okta does not have
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

/** Base of the URL of the signing keys. For the org authorization server, whose issuer has no path, it is /oauth2. */
function keysOf(issuer: string): string {
    return computedText(issuer, (known) => (new URL(known).pathname === "/" ? `${known}/oauth2` : known));
}
