import * as z from "zod";

import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { computedText } from "../tokens";
import { httpUrl } from "../fields/url";
import { client, CLIENT_SECRET, issuerUrl, text } from "./fields";
import { authProvider } from "./provider";

/** Host of the console, which issues no tokens (https://developer.okta.com/docs/guides/find-your-domain/). */
const ADMINISTRATION = /-admin\.((okta|okta-emea|okta-gov|oktapreview)\.com|okta\.mil)$/;

/** Audience of the authorization server default, until it is changed (https://developer.okta.com/docs/concepts/auth-servers/). */
const DEFAULT_AUDIENCE = "api://default";

/** An authorization server of Okta. */
export const okta = authProvider(
    z
        .strictObject({
            kind: z.literal("okta").describe("Okta"),
            ...client,
            issuer: input(
                issuerUrl(
                    "issuer of the authorization server",
                    "https://example.okta.com/oauth2/default",
                    // https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/
                    /\/v1\/(authorize|clients|introspect|keys|logout|revoke|token|userinfo)$/,
                )
                    .refine((url) => !ADMINISTRATION.test(new URL(url).hostname), {
                        error: "is at the host of Okta's administration. Remove -admin from its name",
                        abort: true,
                    })
                    // The org authorization server, or another by its id. /oauth2/v1 has the endpoints of the former
                    // (the page above).
                    .refine((url) => /^\/(oauth2\/(?!v[0-9]+$)[^/]+)?$/.test(new URL(url).pathname), {
                        error: "has a path that no issuer of Okta has. Write it like https://example.okta.com/oauth2/default",
                        abort: true,
                    }),
            ).describe("issuer of the authorization server"),
            audience: input(text("audience of the access tokens"))
                .optional()
                .describe(
                    `audience of the authorization server; default: ${DEFAULT_AUDIENCE}, which is that of the one named default`,
                ),
            jwksUrl: input(
                httpUrl("address of the signing keys", "https://example.okta.com/oauth2/default/v1/keys", {
                    complete: true,
                    endpoints: /\/v1\/(authorize|token)$/,
                }),
            )
                .optional()
                .describe("address of the signing keys; default: the issuer's v1/keys"),
        })
        // The user interface sends the access token (keep-ui/auth.config.ts), and the API verifies its audience
        // (okta_authverifier.py). That of the org authorization server is Okta itself, which alone is meant to verify it
        // (https://support.okta.com/help/s/article/Signature-Validation-Failed-on-Access-Token).
        .check(
            whenKnown(({ audience = "", issuer }) => !isOrg(issuer) || audience.startsWith("https://"), {
                path: ["issuer"],
                error: `is Okta's org authorization server, whose access tokens the API rejects. Write the issuer of a custom one, such as https://example.okta.com/oauth2/default with the audience ${DEFAULT_AUDIENCE}`,
            }),
        )
        .check(
            whenKnown(
                ({ audience, issuer }) => audience !== undefined || isOrg(issuer) || issuer.endsWith("/oauth2/default"),
                {
                    path: ["audience"],
                    error: `is missing. Set it to the audience of the authorization server, such as ${DEFAULT_AUDIENCE}`,
                },
            ),
        ),
    {
        backend: {
            OKTA_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            OKTA_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            OKTA_ISSUER: ["keep:auth.issuer", ({ issuer }) => issuer],
            OKTA_DOMAIN: ["keep:auth.issuer", ({ issuer }) => computedText(issuer, (known) => new URL(known).origin)],
            OKTA_AUDIENCE: ["keep:auth.audience", ({ audience = DEFAULT_AUDIENCE }) => audience],
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

/** Whether an issuer is that of the org authorization server, which has no path. */
function isOrg(issuer: string): boolean {
    return new URL(issuer).pathname === "/";
}

/** Base of the URL of the signing keys, which is /oauth2 for the org authorization server. */
function keysOf(issuer: string): string {
    return computedText(issuer, (known) => (isOrg(known) ? `${known}/oauth2` : known));
}
