import type { AuthConfig } from "./settings";
import type { Env, SecretKeyRef } from "../kubernetes/env";

/** The secrets of an identity provider, where they stand in the cluster. */
export interface AuthSecrets {
    readonly clientSecret?: SecretKeyRef;
    /** Password of Keycloak's administrator. */
    readonly adminPassword?: SecretKeyRef;
    /** Token of Okta's management API. */
    readonly apiToken?: SecretKeyRef;
    /** Password of the first user; also without sign-in, where Keep would make the user keep with the password keep. */
    readonly firstUserPassword?: SecretKeyRef;
}

/** What tells both tiers how people sign in: they must agree, and read different names for the same things. */
export interface AuthEnv {
    /** For setup, API and worker (keep/identitymanager, ee/identitymanager). */
    readonly backend: Env;
    /** For the user interface (keep-ui/auth.config.ts). */
    readonly frontend: Env;
}

/** Environment of both tiers for one way of signing in. */
export function authEnv(auth: AuthConfig, secrets: AuthSecrets): AuthEnv {
    // In lower case the frontend would fall back to no sign-in at all, without a word; the backend takes both.
    const common: Env = { AUTH_TYPE: auth.kind.toUpperCase() };
    const { backend, frontend } = kindEnv(auth, secrets);
    const seconds = auth.sessionSeconds;
    return {
        backend: { ...common, ...backend },
        frontend: {
            ...common,
            AUTH_SESSION_TIMEOUT: seconds === undefined ? undefined : String(seconds),
            ...frontend,
        },
    };
}

function kindEnv(auth: AuthConfig, secrets: AuthSecrets): AuthEnv {
    switch (auth.kind) {
        case "db":
        case "noauth":
            return {
                backend: {
                    KEEP_DEFAULT_USERNAME: auth.kind === "db" ? auth.username : undefined,
                    KEEP_DEFAULT_PASSWORD: secrets.firstUserPassword,
                },
                frontend: {},
            };
        case "oauth2proxy":
            return oauth2proxyEnv(auth);
        case "keycloak":
            return keycloakEnv(auth, secrets);
        case "auth0":
            return auth0Env(auth, secrets);
        case "okta":
            return oktaEnv(auth, secrets);
        case "onelogin":
            return oneloginEnv(auth, secrets);
        case "azuread":
            return azureadEnv(auth, secrets);
    }
}

type Kind<K extends AuthConfig["kind"]> = Extract<AuthConfig, { kind: K }>;

/** Verifiers that stand in Keep's ee directory are found only with this (keep/api/utils/import_ee.py). */
const ENTERPRISE: Env = { EE_ENABLED: "true" };

/** Keep asks whether this text is empty, so "false" would mean yes. */
function truth(value: boolean): string {
    return value ? "true" : "";
}

function oauth2proxyEnv(auth: Kind<"oauth2proxy">): AuthEnv {
    const headers = {
        KEEP_OAUTH2_PROXY_USER_HEADER: auth.userHeader,
        KEEP_OAUTH2_PROXY_ROLE_HEADER: auth.groupsHeader,
    };
    const list = (groups: readonly string[]) => (groups.length === 0 ? undefined : groups.join(","));
    return {
        backend: {
            ...headers,
            KEEP_OAUTH2_PROXY_ADMIN_ROLES: list(auth.adminGroups),
            KEEP_OAUTH2_PROXY_NOC_ROLES: list(auth.nocGroups),
            KEEP_OAUTH2_PROXY_WEBHOOK_ROLES: list(auth.webhookGroups),
            KEEP_OAUTH2_PROXY_AUTO_CREATE_USER: truth(auth.autoCreateUsers),
        },
        frontend: {
            ...headers,
            KEEP_OAUTH2_PROXY_EMAIL_HEADER: auth.emailHeader,
            KEEP_OAUTH2_PROXY_ACCESS_TOKEN_HEADER: auth.accessTokenHeader,
        },
    };
}

function keycloakEnv(auth: Kind<"keycloak">, secrets: AuthSecrets): AuthEnv {
    const { clientId, realm, url } = auth;
    const rolesFromGroups = String(auth.rolesFromGroups);
    return {
        backend: {
            ...ENTERPRISE,
            // Keep's client resolves paths against it: a path without a slash at its end would be lost.
            KEYCLOAK_URL: new URL(url).pathname === "/" ? url : `${url}/`,
            KEYCLOAK_REALM: realm,
            KEYCLOAK_CLIENT_ID: clientId,
            KEYCLOAK_CLIENT_SECRET: secrets.clientSecret,
            KEYCLOAK_ADMIN_USER: auth.adminUser,
            KEYCLOAK_ADMIN_PASSWORD: secrets.adminPassword,
            KEYCLOAK_AUDIENCE: auth.audience,
            KEYCLOAK_VERIFY_CERT: String(auth.verifyCertificate),
            KEYCLOAK_ABAC_ENABLED: String(auth.attributeAccess),
            KEYCLOAK_ROLES_FROM_GROUPS: rolesFromGroups,
        },
        frontend: {
            KEYCLOAK_ID: clientId,
            KEYCLOAK_SECRET: secrets.clientSecret,
            KEYCLOAK_ISSUER: auth.issuer ?? `${url}/realms/${realm}`,
            KEYCLOAK_ROLES_FROM_GROUPS: rolesFromGroups,
        },
    };
}

function auth0Env(auth: Kind<"auth0">, secrets: AuthSecrets): AuthEnv {
    const { clientId, domain } = auth;
    const client: Env = { AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: secrets.clientSecret };
    return {
        backend: {
            ...ENTERPRISE,
            ...client,
            AUTH0_DOMAIN: domain,
            AUTH0_MANAGEMENT_DOMAIN: auth.managementDomain ?? domain,
            // The frontend hands on the ID token, whose audience is the client.
            AUTH0_AUDIENCE: auth.audience ?? clientId,
        },
        frontend: { ...client, AUTH0_ISSUER: `https://${domain}/` },
    };
}

function oktaEnv(auth: Kind<"okta">, secrets: AuthSecrets): AuthEnv {
    const { issuer } = auth;
    const { origin, pathname } = new URL(issuer);
    const client: Env = {
        OKTA_CLIENT_ID: auth.clientId,
        OKTA_CLIENT_SECRET: secrets.clientSecret,
        OKTA_ISSUER: issuer,
    };
    return {
        backend: {
            ...client,
            OKTA_DOMAIN: origin,
            OKTA_AUDIENCE: auth.audience,
            // Keep would look at /.well-known/jwks.json, where Okta has nothing (https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/).
            OKTA_JWKS_URL: auth.jwksUrl ?? `${issuer}${pathname === "/" ? "/oauth2" : ""}/v1/keys`,
            OKTA_API_TOKEN: secrets.apiToken,
        },
        frontend: client,
    };
}

function oneloginEnv(auth: Kind<"onelogin">, secrets: AuthSecrets): AuthEnv {
    const client: Env = {
        ONELOGIN_CLIENT_ID: auth.clientId,
        ONELOGIN_CLIENT_SECRET: secrets.clientSecret,
        ONELOGIN_ISSUER: auth.issuer,
    };
    return {
        backend: {
            ...client,
            ONELOGIN_ADMIN_ROLE: auth.adminRole,
            ONELOGIN_NOC_ROLE: auth.nocRole,
            ONELOGIN_WEBHOOK_ROLE: auth.webhookRole,
            ONELOGIN_AUTO_CREATE_USER: truth(auth.autoCreateUsers),
        },
        frontend: client,
    };
}

function azureadEnv(auth: Kind<"azuread">, secrets: AuthSecrets): AuthEnv {
    const application: Env = { KEEP_AZUREAD_TENANT_ID: auth.tenantId, KEEP_AZUREAD_CLIENT_ID: auth.clientId };
    return {
        backend: {
            ...ENTERPRISE,
            ...application,
            KEEP_AZUREAD_ADMIN_GROUP_ID: auth.adminGroupId,
            KEEP_AZUREAD_NOC_GROUP_ID: auth.nocGroupId,
        },
        frontend: { ...application, KEEP_AZUREAD_CLIENT_SECRET: secrets.clientSecret },
    };
}
