import assert from "node:assert/strict";

import { type AuthEnv, authEnv } from "../../components/auth/env";
import { auth } from "../../components/auth/settings";
import { reservedEnv } from "../../components/settings/managedEnv";

const clientSecret = { secret: { name: "keep.auth", key: "client-secret" } };
const adminPassword = { secret: { name: "keep.auth", key: "admin-password" } };
const apiToken = { secret: { name: "keep.auth", key: "api-token" } };
const firstUserPassword = { secret: { name: "keep.setup", key: "first-user-password" } };
const secrets = {
    authClientSecret: clientSecret,
    keycloakAdminPassword: adminPassword,
    oktaApiToken: apiToken,
    firstUserPassword,
};

/** The smallest configuration of each kind. */
const smallest = {
    db: {},
    noauth: {},
    oauth2proxy: {},
    keycloak: { clientId: "keep", url: "https://kc.example.com", realm: "team", adminUser: "root" },
    auth0: { clientId: "abc", domain: "team.eu.auth0.com" },
    okta: { clientId: "abc", issuer: "https://team.okta.com/oauth2/default" },
    onelogin: { clientId: "abc", issuer: "https://team.onelogin.com/oidc/2/" },
    azuread: {
        clientId: "11111111-2222-3333-4444-555555555555",
        tenantId: "22222222-2222-2222-2222-222222222222",
        adminGroupId: "33333333-3333-3333-3333-333333333333",
        nocGroupId: "44444444-4444-4444-4444-444444444444",
    },
};

function envOf(kind: keyof typeof smallest, more: object = {}): AuthEnv {
    const { backend, frontend } = authEnv(auth.parse({ kind, ...smallest[kind], ...more }), secrets);
    const given = (env: AuthEnv["backend"]) =>
        Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
    return { backend: given(backend), frontend: given(frontend) };
}

describe("authEnv", () => {
    for (const kind of Object.keys(smallest) as (keyof typeof smallest)[]) {
        it(`tells both tiers ${kind} in upper case, by names that raw env may not set`, () => {
            const { backend, frontend } = envOf(kind, { sessionSeconds: 600 });
            assert.equal(backend.AUTH_TYPE, kind.toUpperCase());
            assert.equal(frontend.AUTH_TYPE, kind.toUpperCase());
            assert.equal(frontend.AUTH_SESSION_TIMEOUT, "600");
            const free = (env: object, tier: "backend" | "worker" | "frontend") =>
                Object.keys(env).filter((name) => reservedEnv[tier][name] === undefined && name !== "EE_ENABLED");
            assert.deepEqual(free(backend, "backend"), []);
            assert.deepEqual(free(backend, "worker"), []);
            assert.deepEqual(free(frontend, "frontend"), []);
        });
    }

    it("turns Keep's enterprise part on for the verifiers that stand in it, and for no other", () => {
        const kinds = Object.keys(smallest) as (keyof typeof smallest)[];
        assert.deepEqual(
            kinds.filter((kind) => envOf(kind).backend.EE_ENABLED === "true"),
            ["keycloak", "auth0", "azuread"],
        );
        assert.deepEqual(
            kinds.filter((kind) => "EE_ENABLED" in envOf(kind).frontend),
            [],
        );
    });

    it("gives the first user's name and generated password to the backend with db", () => {
        assert.deepEqual(envOf("db", { username: "root" }), {
            backend: { AUTH_TYPE: "DB", KEEP_DEFAULT_USERNAME: "root", KEEP_DEFAULT_PASSWORD: firstUserPassword },
            frontend: { AUTH_TYPE: "DB" },
        });
    });

    it("keeps Keep from making the user keep with the password keep without sign-in", () => {
        assert.deepEqual(envOf("noauth").backend, {
            AUTH_TYPE: "NOAUTH",
            KEEP_DEFAULT_PASSWORD: firstUserPassword,
        });
    });

    it("names the same headers to both tiers with oauth2proxy, in lower case", () => {
        const { backend, frontend } = envOf("oauth2proxy", {
            userHeader: "X-Auth-Request-Email",
            groupsHeader: "X-Auth-Request-Groups",
            adminGroups: ["ops", "sre leads"],
        });
        assert.deepEqual(backend, {
            AUTH_TYPE: "OAUTH2PROXY",
            KEEP_OAUTH2_PROXY_USER_HEADER: "x-auth-request-email",
            KEEP_OAUTH2_PROXY_ROLE_HEADER: "x-auth-request-groups",
            KEEP_OAUTH2_PROXY_ADMIN_ROLES: "ops,sre leads",
            KEEP_OAUTH2_PROXY_AUTO_CREATE_USER: "true",
        });
        assert.deepEqual(frontend, {
            AUTH_TYPE: "OAUTH2PROXY",
            KEEP_OAUTH2_PROXY_USER_HEADER: "x-auth-request-email",
            KEEP_OAUTH2_PROXY_ROLE_HEADER: "x-auth-request-groups",
            KEEP_OAUTH2_PROXY_EMAIL_HEADER: "x-forwarded-email",
            KEEP_OAUTH2_PROXY_ACCESS_TOKEN_HEADER: "x-forwarded-access-token",
        });
    });

    it("says no to new users with an empty text, since Keep takes every other text for yes", () => {
        assert.equal(envOf("oauth2proxy", { autoCreateUsers: false }).backend.KEEP_OAUTH2_PROXY_AUTO_CREATE_USER, "");
        assert.equal(envOf("onelogin", { autoCreateUsers: false }).backend.ONELOGIN_AUTO_CREATE_USER, "");
    });

    it("fills both tiers for keycloak, each by its own names", () => {
        assert.deepEqual(envOf("keycloak"), {
            backend: {
                AUTH_TYPE: "KEYCLOAK",
                EE_ENABLED: "true",
                KEYCLOAK_URL: "https://kc.example.com",
                KEYCLOAK_REALM: "team",
                KEYCLOAK_CLIENT_ID: "keep",
                KEYCLOAK_CLIENT_SECRET: clientSecret,
                KEYCLOAK_ADMIN_USER: "root",
                KEYCLOAK_ADMIN_PASSWORD: adminPassword,
                KEYCLOAK_AUDIENCE: "realm-management",
                KEYCLOAK_VERIFY_CERT: "true",
                KEYCLOAK_ABAC_ENABLED: "true",
                KEYCLOAK_ROLES_FROM_GROUPS: "false",
            },
            frontend: {
                AUTH_TYPE: "KEYCLOAK",
                KEYCLOAK_ID: "keep",
                KEYCLOAK_SECRET: clientSecret,
                KEYCLOAK_ISSUER: "https://kc.example.com/realms/team",
                KEYCLOAK_ROLES_FROM_GROUPS: "false",
            },
        });
    });

    it("ends a keycloak address that has a path with a dot, and puts none into the issuer", () => {
        const { backend, frontend } = envOf("keycloak", { url: "https://kc.example.com/auth/" });
        assert.equal(backend.KEYCLOAK_URL, "https://kc.example.com/auth/.");
        assert.equal(frontend.KEYCLOAK_ISSUER, "https://kc.example.com/auth/realms/team");
    });

    it("takes the client for the audience with auth0, whose ID token the frontend hands on", () => {
        const client = { AUTH0_CLIENT_ID: "abc", AUTH0_CLIENT_SECRET: clientSecret };
        assert.deepEqual(envOf("auth0"), {
            backend: {
                AUTH_TYPE: "AUTH0",
                EE_ENABLED: "true",
                ...client,
                AUTH0_DOMAIN: "team.eu.auth0.com",
                AUTH0_MANAGEMENT_DOMAIN: "team.eu.auth0.com",
                AUTH0_AUDIENCE: "abc",
            },
            frontend: { AUTH_TYPE: "AUTH0", ...client, AUTH0_ISSUER: "https://team.eu.auth0.com/" },
        });
    });

    it("finds okta's keys where okta has them, for an own authorization server and for the organisation's", () => {
        const client = {
            OKTA_CLIENT_ID: "abc",
            OKTA_CLIENT_SECRET: clientSecret,
            OKTA_ISSUER: "https://team.okta.com/oauth2/default",
        };
        assert.deepEqual(envOf("okta", { audience: "api://default" }), {
            backend: {
                AUTH_TYPE: "OKTA",
                ...client,
                OKTA_DOMAIN: "https://team.okta.com",
                OKTA_AUDIENCE: "api://default",
                OKTA_JWKS_URL: "https://team.okta.com/oauth2/default/v1/keys",
                OKTA_API_TOKEN: apiToken,
            },
            frontend: { AUTH_TYPE: "OKTA", ...client },
        });
        assert.equal(
            envOf("okta", { issuer: "https://team.okta.com", audience: "https://team.okta.com" }).backend.OKTA_JWKS_URL,
            "https://team.okta.com/oauth2/v1/keys",
        );
        assert.equal(envOf("okta").backend.OKTA_AUDIENCE, "api://default");
    });

    it("writes issuers as they are in tokens, with the host in lower case and no default port", () => {
        const okta = envOf("okta", { issuer: "HTTPS://Team.Okta.com:443/oauth2/default/" });
        assert.equal(okta.backend.OKTA_ISSUER, "https://team.okta.com/oauth2/default");
        assert.equal(okta.frontend.OKTA_ISSUER, "https://team.okta.com/oauth2/default");
        const onelogin = envOf("onelogin", { issuer: "https://Team.OneLogin.com:443/oidc/2" });
        assert.equal(onelogin.backend.ONELOGIN_ISSUER, "https://team.onelogin.com/oidc/2");
    });

    it("fills both tiers for onelogin, without the slash at the issuer's end", () => {
        const client = {
            ONELOGIN_CLIENT_ID: "abc",
            ONELOGIN_CLIENT_SECRET: clientSecret,
            ONELOGIN_ISSUER: "https://team.onelogin.com/oidc/2",
        };
        assert.deepEqual(envOf("onelogin"), {
            backend: {
                AUTH_TYPE: "ONELOGIN",
                ...client,
                ONELOGIN_ADMIN_ROLE: "keep_admin",
                ONELOGIN_NOC_ROLE: "keep_noc",
                ONELOGIN_WEBHOOK_ROLE: "keep_webhook",
                ONELOGIN_AUTO_CREATE_USER: "true",
            },
            frontend: { AUTH_TYPE: "ONELOGIN", ...client },
        });
    });

    it("keeps azuread's client secret from the backend, which has no use for it", () => {
        const application = {
            KEEP_AZUREAD_TENANT_ID: "22222222-2222-2222-2222-222222222222",
            KEEP_AZUREAD_CLIENT_ID: "11111111-2222-3333-4444-555555555555",
        };
        assert.deepEqual(envOf("azuread"), {
            backend: {
                AUTH_TYPE: "AZUREAD",
                EE_ENABLED: "true",
                ...application,
                KEEP_AZUREAD_ADMIN_GROUP_ID: "33333333-3333-3333-3333-333333333333",
                KEEP_AZUREAD_NOC_GROUP_ID: "44444444-4444-4444-4444-444444444444",
            },
            frontend: { AUTH_TYPE: "AZUREAD", ...application, KEEP_AZUREAD_CLIENT_SECRET: clientSecret },
        });
    });
});
