import * as z from "zod";

import { httpUrl } from "../fields/url";
import { keyReference } from "../fields/vocabulary";
import { client, CLIENT_SECRET, EE_ENABLED, ENTERPRISE, text } from "./fields";
import { authProvider } from "./provider";

/** A realm of Keycloak. */
export const keycloak = authProvider(
    z.strictObject({
        kind: z.literal("keycloak").describe(`Keycloak ${ENTERPRISE}`),
        ...client,
        url: httpUrl("address of Keycloak", "https://keycloak.example.com").describe(
            "address of Keycloak, with its path if it has one",
        ),
        issuer: httpUrl("issuer of the realm", "https://keycloak.example.com/realms/keep")
            .optional()
            .describe("issuer that browsers see; default: url and realm"),
        realm: text("realm that Keep's users are in").describe("realm"),
        adminUser: text("administrator of the realm, with whom Keep creates its roles there").describe(
            "administrator of the realm; its password is keep:keycloakAdminPassword",
        ),
        adminPassword: keyReference
            .optional()
            .describe("key of an existing Secret with that password; else set keep:keycloakAdminPassword"),
        audience: z.string().default("realm-management").describe("audience of the tokens"),
        verifyCertificate: z
            .boolean()
            .default(true)
            .describe("false: the backend accepts any certificate; prefer keep:extraCa"),
        attributeAccess: z.boolean().default(true).describe("use Keycloak's attribute-based access control (UMA)"),
        rolesFromGroups: z.boolean().default(false).describe("take roles and organisations from the user's groups"),
    }),
    {
        backend: {
            EE_ENABLED,
            // Keep's client resolves paths against it, and would lose a path without a slash at its end.
            KEYCLOAK_URL: ["keep:auth.url", ({ url }) => (new URL(url).pathname === "/" ? url : `${url}/`)],
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
            KEYCLOAK_ISSUER: ["keep:auth.issuer", ({ issuer, url, realm }) => issuer ?? `${url}/realms/${realm}`],
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
    },
);
