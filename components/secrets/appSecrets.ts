import * as pulumi from "@pulumi/pulumi";

import type { AuthSecretName } from "../auth/provider";
import { type AuthConfig, usedSecrets } from "../auth/settings";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { type Release, secretName } from "../naming";
import type { WebsocketConfig } from "../websocket/settings";
import type { ConfiguredSecrets } from "./settings";
import type { ExistingSecrets } from "./existing";

/** A secret of Keep's processes. */
export type AppSecretName =
    AuthSecretName | "apiKeys" | "jwtSecret" | "nextAuthSecret" | "openaiApiKey" | "pusherSecret";

/** The three Secrets: for running pods, for sign-in, and for the setup Job. */
type Part = "app" | "auth" | "setup";

/** The Secret of each value. */
const PLACES: Readonly<Record<AppSecretName, readonly [secret: Part, key: string]>> = {
    jwtSecret: ["app", "jwt-secret"],
    nextAuthSecret: ["app", "nextauth-secret"],
    pusherSecret: ["app", "pusher-app-secret"],
    openaiApiKey: ["app", "openai-api-key"],
    authClientSecret: ["auth", "client-secret"],
    keycloakAdminPassword: ["auth", "admin-password"],
    oktaApiToken: ["auth", "api-token"],
    firstUserPassword: ["setup", "first-user-password"],
    apiKeys: ["setup", "api-keys"],
};

/** Settings that determine the secrets. */
export interface AppSecretsConfig {
    readonly auth: AuthConfig;
    readonly existingSecrets: ExistingSecrets;
    readonly secrets: ConfiguredSecrets;
    readonly websocket: WebsocketConfig;
}

/** The secrets of a release. */
export interface AppSecrets {
    /** Values that the release stores, set or generated. */
    readonly values: Readonly<Record<AppSecretName, pulumi.Output<string> | undefined>>;
    /** Content of the three Secrets. */
    readonly contents: Readonly<Record<Part, Readonly<Record<string, pulumi.Output<string>>>>>;
    /** References to these values or to existing Secrets. Values that are not needed are absent. */
    readonly refs: Refs;
    /** API keys for the setup Job. */
    readonly apiKeysEnv: Env;
}

type Refs = Readonly<Partial<Record<AppSecretName, SecretKeyRef>>>;

/**
 * The secrets that a configuration needs. Values in existing Secrets are not generated.
 * @param generate creates a password with the given name
 * @param metricsKey API key that the setup Job creates for Prometheus
 */
export function appSecrets(
    release: Release,
    { auth, existingSecrets, secrets, websocket }: AppSecretsConfig,
    generate: (name: string) => pulumi.Output<string>,
    metricsKey: pulumi.Output<string> | undefined,
): AppSecrets {
    const existing = existingRefs(auth, existingSecrets);
    const generated = (name: AppSecretName, logical: string) =>
        existing[name] === undefined ? generate(logical) : undefined;
    const hasFirstUser = auth.kind === "db" || auth.kind === "noauth";
    const apiKeys = [secrets.apiKeys, metricsKey].filter((keys) => keys !== undefined);
    const values: AppSecrets["values"] = {
        jwtSecret: generated("jwtSecret", "jwt"),
        nextAuthSecret: generated("nextAuthSecret", "nextauth"),
        pusherSecret:
            websocket.kind === "none" ? undefined : (secrets.pusherSecret ?? generated("pusherSecret", "pusher")),
        openaiApiKey: secrets.openaiApiKey,
        authClientSecret: secrets.authClientSecret,
        keycloakAdminPassword: secrets.keycloakAdminPassword,
        oktaApiToken: secrets.oktaApiToken,
        firstUserPassword: hasFirstUser
            ? (secrets.firstUserPassword ?? generated("firstUserPassword", "first-user"))
            : undefined,
        apiKeys: apiKeys.length === 0 ? undefined : pulumi.all(apiKeys).apply((keys) => keys.join(",")),
    };
    const stored = storedRefs(release, values);
    return {
        values,
        contents: {
            app: contentsOf("app", values),
            auth: contentsOf("auth", values),
            setup: contentsOf("setup", values),
        },
        refs: { ...stored, ...existing },
        apiKeysEnv: apiKeysEnv(stored.apiKeys, existing.apiKeys),
    };
}

/** The existing Secrets in `keep:existingSecrets` and `keep:auth`. */
function existingRefs(auth: AuthConfig, existing: ExistingSecrets): Refs {
    const used = usedSecrets(auth, existing).map(({ name, reference }) => [name, reference] as const);
    const named = [...Object.entries(existing), ...used].filter(([, secret]) => secret !== undefined);
    return Object.fromEntries(named.map(([name, secret]) => [name, { secret }]));
}

function storedRefs(release: Release, values: AppSecrets["values"]): Refs {
    const stored = Object.entries(PLACES).filter(([name]) => values[name as AppSecretName] !== undefined);
    return Object.fromEntries(
        stored.map(([name, [part, key]]) => [name, { secret: { name: secretName(release, part), key } }]),
    );
}

function contentsOf(wanted: Part, values: AppSecrets["values"]): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
        Object.entries(PLACES).flatMap(([name, [part, key]]) => {
            const value = values[name as AppSecretName];
            return part !== wanted || value === undefined ? [] : [[key, value]];
        }),
    );
}

/**
 * Joins existing API keys and that for Prometheus with a variable that Kubernetes expands
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/).
 */
function apiKeysEnv(stored: SecretKeyRef | undefined, existing: SecretKeyRef | undefined): Env {
    return stored === undefined || existing === undefined
        ? { KEEP_DEFAULT_API_KEYS: stored ?? existing }
        : {
              EXISTING_API_KEYS: existing,
              METRICS_API_KEY: stored,
              KEEP_DEFAULT_API_KEYS: "$(EXISTING_API_KEYS),$(METRICS_API_KEY)",
          };
}
