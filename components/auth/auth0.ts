import { isIPv6 } from "node:net";

import * as z from "zod";

import { isHostWithPort, splitPort } from "../fields/host";
import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { client, CLIENT_SECRET, EE_ENABLED, ENTERPRISE, text } from "./fields";
import { authProvider, KEEP_TENANT } from "./provider";

const EXAMPLE = "example.eu.auth0.com";

/** Whether a text is a host with an optional port. One word is none, except of a proxy in the pod, which has a port. */
function isDomain(text: string): boolean {
    const { host, port } = splitPort(text);
    return isHostWithPort(text) && !isIPv6(host) && (host.includes(".") || port !== undefined);
}

const domain = z
    .string({ error: `is missing. Give the Auth0 domain, such as ${EXAMPLE}` })
    // Keep compares the issuer of tokens with it, in which it is in lower case (auth0_authverifier.py).
    .toLowerCase()
    .refine((text) => isDomain(text), {
        error: `is not a host name. Give the Auth0 domain alone, such as ${EXAMPLE}`,
        abort: true,
    })
    .refine((text) => !/^(manage|accounts|login)?\.?auth0\.com$/.test(text), {
        error: `is a site of Auth0 itself. Give the domain of your tenant, such as ${EXAMPLE}`,
    });

/**
 * Whether a domain may be that of a tenant, or is a proxy in the pod: those of the private cloud end with them, too
 * (https://auth0.com/docs/deploy/private-cloud/private-cloud-onboarding/standard-private-cloud-infrastructure-requirements).
 */
function isOfTenant(text: string): boolean {
    return /\.(auth0|auth0app)\.com$/.test(text) || splitPort(text).port !== undefined;
}

/** A tenant of Auth0. */
export const auth0 = authProvider(
    z
        .strictObject({
            kind: z.literal("auth0").describe(`Auth0 ${ENTERPRISE}`),
            ...client,
            domain: input(domain).describe("domain of the tenant, or your own for it"),
            managementDomain: input(domain)
                .optional()
                .describe("the tenant's own domain, if domain is a custom domain; default: domain"),
            audience: input(text("audience of the tokens"))
                .optional()
                .describe("audience of the ID token, which is always clientId; an API's identifier does not work"),
            // Keep compares it with the claim keep_tenant_id (auth0_authverifier.py), and names secrets by it.
            tenantId: z
                .string()
                .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, {
                    error: "is not an id of a tenant. Use up to 63 letters, digits, hyphens and underscores",
                })
                .default(KEEP_TENANT)
                .describe("id of the users' tenant in Keep, which the setup Job creates: their claim keep_tenant_id"),
        })
        // Keep asks for a token for https://<managementDomain>/api/v2/ (ee/identitymanager/identity_managers/auth0/
        // auth0_utils.py). This API only exists at the tenant's own domain (auth0/node-auth0#292).
        .check(
            whenKnown(({ domain, managementDomain }) => managementDomain !== undefined || isOfTenant(domain), {
                path: ["managementDomain"],
                error: `is missing, but keep:auth.domain is a custom domain, and Auth0's Management API rejects requests there: Keep could neither list nor create users. Set it to the tenant's own domain, such as ${EXAMPLE}`,
            }),
        )
        // The user interface sends the ID token (keep-ui/auth.config.ts), which is issued for the client
        // (https://auth0.com/docs/secure/tokens/id-tokens). The API rejects tokens for another audience
        // (ee/identitymanager/identity_managers/auth0/auth0_authverifier.py).
        .check(
            whenKnown(({ audience, clientId }) => audience === undefined || audience === clientId, {
                path: ["audience"],
                error: "is not keep:auth.clientId. Keep's user interface sends the ID token, whose audience is the client id, so the API would reject every request. Remove it",
            }),
        ),
    {
        backend: {
            EE_ENABLED,
            AUTH0_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            AUTH0_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            AUTH0_DOMAIN: ["keep:auth.domain", (auth) => auth.domain],
            AUTH0_MANAGEMENT_DOMAIN: ["keep:auth.managementDomain", (auth) => auth.managementDomain ?? auth.domain],
            AUTH0_AUDIENCE: ["keep:auth.audience", ({ clientId }) => clientId],
        },
        frontend: {
            AUTH0_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            AUTH0_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            AUTH0_ISSUER: ["keep:auth.domain", (auth) => `https://${auth.domain}/`],
        },
        secrets: CLIENT_SECRET,
        urls: (auth) => [`https://${auth.domain}`],
        tenantId: ({ tenantId }) => tenantId,
        bringsTenants: ({ tenantId }) => (tenantId === KEEP_TENANT ? undefined : "keep:auth.tenantId"),
    },
);
