import * as z from "zod";

import { count, keyReference } from "../fields/vocabulary";

const text = (what: string) =>
    z
        .string({ error: `is missing. Give the ${what}` })
        .regex(/^\S+$/, { error: `is empty or has blanks. Give the ${what}` });

const httpUrl = (what: string, example: string) =>
    z
        .url({ protocol: /^https?$/, error: `is not a URL. Give the ${what}, such as ${example}` })
        .transform((value) => value.replace(/\/+$/, ""));

const hostName = (what: string, example: string) =>
    z.string({ error: `is missing. Give the ${what}, such as ${example}` }).regex(/^[A-Za-z0-9.-]+(:[0-9]+)?$/, {
        error: `is not a host name. Give the ${what} alone, such as ${example}`,
    });

const header = (standard: string, what: string) =>
    z
        .string()
        .regex(/^[A-Za-z0-9-]+$/, { error: `is not the name of a header. Write it like ${standard}` })
        .transform((name) => name.toLowerCase())
        .default(standard)
        .describe(what);

/** Names from the identity provider that stand for one of Keep's roles; a comma would end a name in Keep's environment. */
const roleNames = (role: string) =>
    z
        .array(z.string().regex(/^[^,\s][^,]*$/, { error: "is empty or has a comma. Give one group a line" }))
        .default([])
        .describe(`groups that are Keep's ${role}, beside one called ${role}`);

const session = {
    sessionSeconds: count(60).optional().describe("how long a sign-in lasts; default: Keep's own, 30 days"),
};

const client = {
    ...session,
    clientId: text("client id that the identity provider gave to Keep").describe("client id of Keep"),
    clientSecret: keyReference
        .optional()
        .describe("key of an existing Secret that holds the client secret; else keep:authClientSecret"),
};

const autoCreateUsers = z.boolean().default(true).describe("make a user of Keep at the first sign-in");

const ENTERPRISE = "(part of Keep that is under its enterprise licence)";

const db = z.strictObject({
    kind: z.literal("db").describe("users in Keep's database; the first has a generated password"),
    ...session,
    username: z
        .string()
        .regex(/^\S+$/, { error: "is empty or has blanks. Name the first user, such as keep" })
        .default("keep")
        .describe("first user"),
});

const noauth = z.strictObject({
    kind: z.literal("noauth").describe("everybody who reaches Keep is an administrator"),
    ...session,
    acceptPublic: z.boolean().default(false).describe("true says that this is meant on an address that others reach"),
});

const oauth2proxy = z.strictObject({
    kind: z.literal("oauth2proxy").describe("an OAuth2 Proxy of your own in front; Keep believes its headers"),
    ...session,
    userHeader: header("x-forwarded-email", "header that names the user"),
    groupsHeader: header("x-forwarded-groups", "header that lists the user's groups, by comma"),
    emailHeader: header("x-forwarded-email", "header with the user's mail address, for the user interface"),
    accessTokenHeader: header("x-forwarded-access-token", "header with the access token, for the user interface"),
    adminGroups: roleNames("admin"),
    nocGroups: roleNames("noc"),
    webhookGroups: roleNames("webhook"),
    autoCreateUsers,
    edgeSetsHeaders: z
        .boolean()
        .default(false)
        .describe("true says that the edge overwrites these headers on every path, so that nobody can forge them"),
});

const keycloak = z.strictObject({
    kind: z.literal("keycloak").describe(`Keycloak ${ENTERPRISE}`),
    ...client,
    url: httpUrl("address of Keycloak", "https://keycloak.example.com").describe(
        "address of Keycloak, with its path where it has one",
    ),
    issuer: httpUrl("issuer of the realm", "https://keycloak.example.com/realms/keep")
        .optional()
        .describe("issuer that browsers see; default: url and realm"),
    realm: text("realm that Keep's users are in").describe("realm"),
    adminUser: text("administrator of the realm, by whom Keep makes its roles there").describe(
        "administrator of the realm; password in keep:keycloakAdminPassword",
    ),
    adminPassword: keyReference
        .optional()
        .describe("key of an existing Secret that holds that password; else keep:keycloakAdminPassword"),
    audience: z.string().default("realm-management").describe("audience of the tokens"),
    verifyCertificate: z
        .boolean()
        .default(true)
        .describe("false: the backend trusts any certificate; prefer keep:extraCa"),
    attributeAccess: z.boolean().default(true).describe("let Keycloak decide by attributes (UMA)"),
    rolesFromGroups: z.boolean().default(false).describe("take roles and organisations from the user's groups"),
});

const auth0 = z.strictObject({
    kind: z.literal("auth0").describe(`Auth0 ${ENTERPRISE}`),
    ...client,
    domain: hostName("Auth0 domain", "example.eu.auth0.com").describe("domain of the tenant, or your own for it"),
    managementDomain: hostName("Auth0 domain", "example.eu.auth0.com")
        .optional()
        .describe("domain of the management API; default: domain"),
    audience: z
        .string()
        .optional()
        .describe("audience of the tokens; default: clientId, which is that of the ID token that Keep uses"),
});

const okta = z.strictObject({
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
});

const onelogin = z.strictObject({
    kind: z.literal("onelogin").describe("OneLogin"),
    ...client,
    issuer: httpUrl("issuer of the application", "https://example.onelogin.com/oidc/2").describe(
        "issuer of the application",
    ),
    adminRole: z.string().default("keep_admin").describe("OneLogin role that is Keep's admin"),
    nocRole: z.string().default("keep_noc").describe("OneLogin role that is Keep's noc"),
    webhookRole: z.string().default("keep_webhook").describe("OneLogin role that is Keep's webhook"),
    autoCreateUsers,
});

const azuread = z.strictObject({
    kind: z.literal("azuread").describe(`Microsoft Entra ID, once Azure AD ${ENTERPRISE}`),
    ...client,
    tenantId: text("tenant id of the directory").describe("tenant id of the directory"),
    adminGroupId: text("object id of a group").describe("object id of the group of administrators"),
    nocGroupId: text("object id of a group").describe("object id of the group that may read"),
});

/** How people sign in. */
export const auth = z.discriminatedUnion("kind", [db, noauth, oauth2proxy, keycloak, auth0, okta, onelogin, azuread], {
    error: "has no known kind. Set kind to db, noauth, oauth2proxy, keycloak, auth0, okta, onelogin or azuread",
});

/** How people sign in, validated and with defaults. */
export type AuthConfig = z.infer<typeof auth>;

/** An identity provider at which Keep is a client with a secret. */
export type ClientAuthConfig = Extract<AuthConfig, { clientId: string }>;

/** Whether Keep signs people in at an identity provider of its own accord, by client id and secret. */
export function isClient(auth: AuthConfig): auth is ClientAuthConfig {
    return "clientId" in auth;
}
