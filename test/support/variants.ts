import type * as z from "zod";

import { stackJsonSchema } from "../../components/settings/knownKeys";
import type { Written } from "./config";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A key of the stack whose value is one of several kinds. */
export type Choice = "auth" | "database" | "redis" | "secretStore" | "websocket";

/** What some kinds need beside their name. A kind that needs nothing has no entry. */
const NEEDS: Readonly<Record<string, Written>> = {
    "auth.noauth": { auth: { acceptPublic: true } },
    "auth.oauth2proxy": {
        auth: { edgeSetsHeaders: true },
        networkPolicy: { enabled: true, edge: [{ namespace: "sso", podLabels: { app: "oauth2-proxy" } }] },
    },
    "auth.keycloak": {
        auth: { clientId: "keep", url: "https://kc.example.com", realm: "team", adminUser: "root" },
        authClientSecret: "secret-of-the-client",
        keycloakAdminPassword: "password-of-keycloak",
    },
    "auth.auth0": {
        auth: { clientId: "keep", domain: "team.eu.auth0.com" },
        authClientSecret: "secret-of-the-client",
    },
    "auth.okta": {
        auth: { clientId: "keep", issuer: "https://team.okta.com/oauth2/default" },
        authClientSecret: "secret-of-the-client",
        oktaApiToken: "token-of-okta-api",
    },
    "auth.onelogin": {
        auth: { clientId: "keep", issuer: "https://team.onelogin.com/oidc/2" },
        authClientSecret: "secret-of-the-client",
    },
    "auth.azuread": {
        auth: {
            clientId: "11111111-2222-3333-4444-555555555555",
            tenantId: "22222222-2222-2222-2222-222222222222",
            adminGroupId: "33333333-3333-3333-3333-333333333333",
            nocGroupId: "44444444-4444-4444-4444-444444444444",
        },
        authClientSecret: "secret-of-the-client",
    },
    "database.sqlserver": { database: { acceptEula: true }, backend: { image: "registry.example.com/keep-api:mssql" } },
    "database.external": {
        database: { engine: "mysql", host: "db.example.com" },
        databasePassword: "external-database-password",
    },
    "redis.bundled": { database: { kind: "postgres" } },
    "redis.external": {
        redis: { host: "redis.example.com" },
        redisPassword: "external-redis-password",
        database: { kind: "postgres" },
    },
    "secretStore.vault": { secretStore: { address: "https://vault.example.com", role: "keep" } },
    "secretStore.aws": { secretStore: { region: "eu-central-1" } },
    "secretStore.gcp": { secretStore: { project: "monitoring" } },
    "websocket.external": {
        websocket: { host: "push.example.com", appId: "1", appKey: "public" },
        pusherSecret: "external-pusher-secret",
    },
};

/** Every kind of a key, as the schema lists them. */
export function kindsOf(choice: Choice): string[] {
    const { oneOf, anyOf } = (stackJsonSchema().properties?.[choice] ?? {}) as JsonSchema;
    return (oneOf ?? anyOf ?? [])
        .map((branch) => branch.properties?.kind)
        .flatMap((kind) => (typeof kind === "object" && typeof kind.const === "string" ? [kind.const] : []));
}

/** The fewest settings that choose a kind. */
export function variant(choice: Choice, kind: string): Written {
    const needs = NEEDS[`${choice}.${kind}`] ?? {};
    return { ...needs, [choice]: { ...(needs[choice] as object | undefined), kind } };
}
