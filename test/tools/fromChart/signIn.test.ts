import { become, secret, type VariableCases } from "./variableCases";

const CASES: VariableCases = {
    "OAuth2 Proxy": [
        {
            AUTH_TYPE: "OAUTH2PROXY",
            KEEP_OAUTH2_PROXY_USER_HEADER: "x-user",
            KEEP_OAUTH2_PROXY_ROLE_HEADER: "x-groups",
            KEEP_OAUTH2_PROXY_ADMIN_ROLES: "ops, sre",
            KEEP_OAUTH2_PROXY_NOC_ROLES: "viewers",
            KEEP_OAUTH2_PROXY_WEBHOOK_ROLES: "robots",
            KEEP_OAUTH2_PROXY_AUTO_CREATE_USER: "",
        },
        { AUTH_TYPE: "OAUTH2PROXY", KEEP_OAUTH2_PROXY_EMAIL_HEADER: "x-mail" },
        {
            settings: {
                auth: {
                    kind: "oauth2proxy",
                    userHeader: "x-user",
                    groupsHeader: "x-groups",
                    adminGroups: ["ops", "sre"],
                    nocGroups: ["viewers"],
                    webhookGroups: ["robots"],
                    autoCreateUsers: false,
                    emailHeader: "x-mail",
                },
            },
        },
    ],
    Keycloak: [
        {
            AUTH_TYPE: "KEYCLOAK",
            KEYCLOAK_URL: "https://sso.example.com",
            KEYCLOAK_REALM: "keep",
            KEYCLOAK_CLIENT_ID: "keep",
            KEYCLOAK_CLIENT_SECRET: secret("sso", "client"),
            KEYCLOAK_ADMIN_USER: "admin",
            KEYCLOAK_ADMIN_PASSWORD: "s3cret",
            KEYCLOAK_VERIFY_CERT: "false",
        },
        { KEYCLOAK_ID: "keep", KEYCLOAK_ISSUER: "https://sso.example.com/realms/keep" },
        {
            settings: {
                auth: {
                    kind: "keycloak",
                    url: "https://sso.example.com",
                    realm: "keep",
                    clientId: "keep",
                    clientSecret: { name: "sso", key: "client" },
                    adminUser: "admin",
                    verifyCertificate: false,
                    issuer: "https://sso.example.com/realms/keep",
                },
            },
            secrets: { keycloakAdminPassword: "s3cret" },
        },
    ],
    Auth0: [
        { AUTH_TYPE: "MULTI_TENANT", AUTH0_DOMAIN: "keep.eu.auth0.com", AUTH0_CLIENT_ID: "c" },
        { AUTH0_CLIENT_SECRET: "s3cret", AUTH0_ISSUER: "https://keep.eu.auth0.com/" },
        {
            settings: { auth: { kind: "auth0", domain: "keep.eu.auth0.com", clientId: "c" } },
            secrets: { authClientSecret: "s3cret" },
        },
    ],
    Okta: [
        { AUTH_TYPE: "okta", OKTA_DOMAIN: "https://keep.okta.com", OKTA_CLIENT_ID: "c", OKTA_API_TOKEN: "t" },
        { OKTA_ISSUER: "https://keep.okta.com/oauth2/default", OKTA_CLIENT_SECRET: "s3cret" },
        {
            settings: {
                auth: { kind: "okta", clientId: "c", issuer: "https://keep.okta.com/oauth2/default", audience: "c" },
            },
            secrets: { authClientSecret: "s3cret", oktaApiToken: "t" },
            left: { "backend.env OKTA_DOMAIN": /is derived from keep:auth\.issuer/ },
        },
    ],
    OneLogin: [
        { AUTH_TYPE: "ONELOGIN", ONELOGIN_ADMIN_ROLE: "boss", ONELOGIN_AUTO_CREATE_USER: "false" },
        { ONELOGIN_CLIENT_ID: "c", ONELOGIN_ISSUER: "https://keep.onelogin.com/oidc/2", ONELOGIN_CLIENT_SECRET: "s" },
        {
            settings: {
                auth: {
                    kind: "onelogin",
                    adminRole: "boss",
                    autoCreateUsers: false,
                    clientId: "c",
                    issuer: "https://keep.onelogin.com/oidc/2",
                },
            },
            secrets: { authClientSecret: "s" },
        },
    ],
    "Entra ID": [
        {
            AUTH_TYPE: "AZUREAD",
            KEEP_AZUREAD_TENANT_ID: "22222222-2222-2222-2222-222222222222",
            KEEP_AZUREAD_CLIENT_ID: "11111111-2222-3333-4444-555555555555",
            KEEP_AZUREAD_ADMIN_GROUP_ID: "33333333-3333-3333-3333-333333333333",
            KEEP_AZUREAD_NOC_GROUP_ID: "44444444-4444-4444-4444-444444444444",
        },
        { KEEP_AZUREAD_CLIENT_SECRET: "s3cret" },
        {
            settings: {
                auth: {
                    kind: "azuread",
                    tenantId: "22222222-2222-2222-2222-222222222222",
                    clientId: "11111111-2222-3333-4444-555555555555",
                    adminGroupId: "33333333-3333-3333-3333-333333333333",
                    nocGroupId: "44444444-4444-4444-4444-444444444444",
                },
            },
            secrets: { authClientSecret: "s3cret" },
        },
    ],
    "a way to sign in that another one's variables are given for": [
        { AUTH_TYPE: "DB", KEYCLOAK_REALM: "keep", KEEP_DEFAULT_USERNAME: "admin" },
        {},
        {
            settings: { auth: { kind: "db", username: "admin" } },
            left: { "backend.env KEYCLOAK_REALM": /Only keep:auth\.kind keycloak uses it, and AUTH_TYPE means/ },
        },
    ],
    "the first user of an installation without sign-in": [
        { KEEP_DEFAULT_USERNAME: "admin", KEYCLOAK_REALM: "keep" },
        {},
        {
            settings: { auth: { kind: "db", username: "admin" } },
            left: { "backend.env KEYCLOAK_REALM": /Only keep:auth\.kind keycloak uses it, and no AUTH_TYPE is set/ },
        },
    ],
    "the first user of an installation that says so": [
        { AUTH_TYPE: "NO_AUTH", KEEP_DEFAULT_USERNAME: "admin", KEEP_DEFAULT_PASSWORD: "s3cret" },
        {},
        {
            settings: { auth: { kind: "db", username: "admin" } },
            secrets: { firstUserPassword: "s3cret" },
        },
    ],
    "the first user with the published password, which the setup Job replaces": [
        { AUTH_TYPE: "DB", KEEP_DEFAULT_USERNAME: "keep", KEEP_DEFAULT_PASSWORD: "keep" },
        {},
        {
            settings: { auth: { kind: "db", username: "keep" } },
            left: { "backend.env KEEP_DEFAULT_PASSWORD": /it is the password that Keep's documentation publishes\./ },
        },
    ],
    "tiers that disagree": [
        {
            AUTH_TYPE: "OKTA",
            OKTA_CLIENT_ID: "one",
            OKTA_ISSUER: "https://keep.okta.com/oauth2/default",
            OKTA_AUDIENCE: "api://default",
            OKTA_CLIENT_SECRET: "s3cret",
        },
        { OKTA_CLIENT_ID: "other" },
        {
            settings: {
                auth: {
                    kind: "okta",
                    clientId: "one",
                    issuer: "https://keep.okta.com/oauth2/default",
                    audience: "api://default",
                },
            },
            secrets: { authClientSecret: "s3cret" },
            left: {
                "frontend.env OKTA_CLIENT_ID": /backend\.env OKTA_CLIENT_ID sets keep:auth\.clientId to another value/,
            },
        },
    ],
};

describe("from-chart's sign-in", () => {
    become(CASES);
});
