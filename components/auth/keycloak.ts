import * as z from "zod";

import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { computedText } from "../tokens";
import { httpUrl } from "../fields/url";
import { keyReference } from "../fields/vocabulary";
import { client, CLIENT_SECRET, EE_ENABLED, ENTERPRISE, text } from "./fields";
import { authProvider } from "./provider";

const NOT_NORMALIZED = "has // or a part . or .. in its path, which Keycloak rejects. Remove it";

/** A realm of Keycloak. */
export const keycloak = authProvider(
    z
        .strictObject({
            kind: z.literal("keycloak").describe(`Keycloak ${ENTERPRISE}`),
            ...client,
            url: input(
                httpUrl("address of Keycloak", "https://keycloak.example.com", {
                    endpoints: /\/admin(\/.*)?$/,
                })
                    .refine((url) => !/\/realms(\/|$)/.test(url), {
                        error: "is the address of a realm. Write the part before /realms, and name the realm in keep:auth.realm",
                    })
                    .refine(isNormalized, { error: NOT_NORMALIZED }),
            ).describe("address of Keycloak, with its path if it has one"),
            issuer: input(
                httpUrl("issuer of the realm", "https://keycloak.example.com/realms/keep", {
                    endpoints: /(?<!\/realms)\/(account|protocol\/openid-connect(\/.*)?)$/,
                })
                    // Keycloak's own form of it (services/src/main/java/org/keycloak/services/Urls.java, realmIssuer).
                    .refine((url) => realmOf(url) !== undefined, {
                        error: "is not the issuer of a realm. Write it like https://keycloak.example.com/realms/keep",
                    })
                    .refine(isNormalized, { error: NOT_NORMALIZED }),
            )
                .optional()
                .describe("issuer that browsers see; default: url and realm"),
            realm: input(
                z
                    .string({ error: "is missing. Set it to the realm that Keep's users are in" })
                    .regex(/^(?!\.{1,2}$)[^\s/?#%\\]+( [^\s/?#%\\]+)*$/, {
                        error: "is not the name of a realm, which is part of URLs. Write it without / ? # % and backslashes, and with single spaces only between words",
                    }),
            ).describe("realm"),
            adminUser: input(text("administrator of the realm, with whom Keep creates its roles there")).describe(
                "administrator of the realm; its password is keep:keycloakAdminPassword",
            ),
            adminPassword: keyReference
                .optional()
                .describe("key of an existing Secret with that password; else set keep:keycloakAdminPassword"),
            audience: input(text("audience of the tokens"))
                .prefault("realm-management")
                .describe("audience of the tokens"),
            verifyCertificate: z
                .boolean()
                .default(true)
                .describe("false: the backend accepts any certificate; prefer keep:extraCa"),
            attributeAccess: z.boolean().default(true).describe("use Keycloak's attribute-based access control (UMA)"),
            rolesFromGroups: z
                .boolean()
                .default(false)
                .describe(
                    "take roles and organizations from the user's groups; each organization is a tenant of its own",
                ),
        })
        // The backend verifies tokens with the keys of the realm (keycloak_authverifier.py).
        .check(
            whenKnown(({ issuer, realm }) => issuer === undefined || realmOf(issuer) === realm, {
                path: ["issuer"],
                error: "is the issuer of another realm than keep:auth.realm, with whose keys Keep verifies tokens. Write the same realm in both, with the same case",
            }),
        ),
    {
        backend: {
            EE_ENABLED,
            KEYCLOAK_URL: ["keep:auth.url", ({ url }) => clientUrl(url)],
            KEYCLOAK_REALM: ["keep:auth.realm", ({ realm }) => realm],
            KEYCLOAK_CLIENT_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            KEYCLOAK_CLIENT_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            KEYCLOAK_ADMIN_USER: ["keep:auth.adminUser", ({ adminUser }) => adminUser],
            KEYCLOAK_ADMIN_PASSWORD: ["keep:keycloakAdminPassword", (_, secrets) => secrets.keycloakAdminPassword],
            KEYCLOAK_AUDIENCE: ["keep:auth.audience", ({ audience }) => audience],
            KEYCLOAK_VERIFY_CERT: ["keep:auth.verifyCertificate", (auth) => String(auth.verifyCertificate)],
            KEYCLOAK_ABAC_ENABLED: ["keep:auth.attributeAccess", (auth) => String(auth.attributeAccess)],
            KEYCLOAK_ROLES_FROM_GROUPS: ["keep:auth.rolesFromGroups", (auth) => String(auth.rolesFromGroups)],
        },
        frontend: {
            KEYCLOAK_ID: ["keep:auth.clientId", ({ clientId }) => clientId],
            KEYCLOAK_SECRET: ["keep:authClientSecret", (_, secrets) => secrets.authClientSecret],
            KEYCLOAK_ISSUER: ["keep:auth.issuer", ({ issuer, url, realm }) => issuer ?? issuerOf(url, realm)],
            KEYCLOAK_ROLES_FROM_GROUPS: ["keep:auth.rolesFromGroups", (auth) => String(auth.rolesFromGroups)],
        },
        secrets: {
            ...CLIENT_SECRET,
            keycloakAdminPassword: {
                isRequired: true,
                reference: ["auth.adminPassword", ({ adminPassword }) => adminPassword],
            },
        },
        urls: ({ issuer, url }) => [url, issuer ?? url],
        // A tenant for each organization, with an id that Keep generates (create_tenant in keycloak_authverifier.py). The
        // tenant "keep" has a name that no group in lower case leads to (keep/api/core/db_on_start.py).
        bringsTenants: ({ rolesFromGroups }) => (rolesFromGroups ? "keep:auth.rolesFromGroups" : undefined),
    },
);

/** The realm of an issuer; undefined if it is the issuer of none. */
function realmOf(issuer: string): string | undefined {
    const [, realm] = /\/realms\/([^/]+)$/.exec(issuer) ?? [];
    return realm === undefined || /%(?![0-9a-f]{2})/i.test(realm) ? realm : decodeURIComponent(realm);
}

/** The issuer of a realm at an address of Keycloak. */
function issuerOf(url: string, realm: string): string {
    return `${url}/realms/${computedText(realm, (known) => known.replaceAll(" ", "%20"))}`;
}

/** Whether a URL has a path that Keycloak 26.4.4 and later take (keycloak/keycloak#43763). */
function isNormalized(url: string): boolean {
    return !/[^:/]\/\.{0,2}(\/|$)/.test(url);
}

/**
 * The address for Keep's clients. One resolves relative paths against it, which drops the last segment of its path
 * (connection.py of python-keycloak). The other appends "/admin" (keycloak_identitymanager.py), and Keycloak 26.4.4 and
 * later reject "//". Both remove the dot before they send a request (urljoin; util/url.py of urllib3).
 */
function clientUrl(url: string): string {
    return computedText(url, (known) => (new URL(known).pathname === "/" ? known : `${known}/.`));
}
