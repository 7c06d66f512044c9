import * as pulumi from "@pulumi/pulumi";

import type { AuthSecretName } from "../auth/provider";
import { usedSecrets } from "../auth/settings";
import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, secretName } from "../naming";
import type { KeepConfig } from "../settings/resolve";

/** A secret that Keep's own processes read. */
export type AppSecretName =
    AuthSecretName | "apiKeys" | "jwtSecret" | "nextAuthSecret" | "openaiApiKey" | "pusherSecret";

/** The three Secrets: what pods read while they run, what signing in needs, and what setup alone reads. */
type Part = "app" | "auth" | "setup";

/** Where each secret is stored. */
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

/** The secrets of a release. */
export interface AppSecrets {
    /** Value of each, as the stack gives it or generated; undefined where there is none. */
    readonly values: Readonly<Record<AppSecretName, pulumi.Output<string> | undefined>>;
    /** Contents of each of the three Secrets. */
    readonly contents: Readonly<Record<Part, Readonly<Record<string, pulumi.Output<string>>>>>;
    /** Where each secret is stored, there or in an existing Secret; absent where there is none. */
    readonly refs: Readonly<Partial<Record<AppSecretName, SecretKeyRef>>>;
}

/**
 * The secrets that a configuration asks for.
 * @param generate creates the password of that name
 * @param metricsKey the API key that setup creates for Prometheus
 */
export function appSecrets(
    release: Release,
    { auth, secrets, websocket }: KeepConfig,
    generate: (name: string) => pulumi.Output<string>,
    metricsKey: pulumi.Output<string> | undefined,
): AppSecrets {
    const hasFirstUser = auth.kind === "db" || auth.kind === "noauth";
    const apiKeys = [secrets.apiKeys, metricsKey].filter((keys) => keys !== undefined);
    const values: AppSecrets["values"] = {
        jwtSecret: generate("jwt"),
        nextAuthSecret: generate("nextauth"),
        pusherSecret: websocket.kind === "none" ? undefined : (secrets.pusherSecret ?? generate("pusher")),
        openaiApiKey: secrets.openaiApiKey,
        authClientSecret: secrets.authClientSecret,
        keycloakAdminPassword: secrets.keycloakAdminPassword,
        oktaApiToken: secrets.oktaApiToken,
        firstUserPassword: hasFirstUser ? (secrets.firstUserPassword ?? generate("first-user")) : undefined,
        apiKeys: apiKeys.length === 0 ? undefined : pulumi.all(apiKeys).apply((keys) => keys.join(",")),
    };
    const names = Object.keys(PLACES) as AppSecretName[];
    const contentsOf = (wanted: Part) =>
        Object.fromEntries(
            names.flatMap((name) => {
                const [part, key] = PLACES[name];
                const value = values[name];
                return part !== wanted || value === undefined ? [] : [[key, value]];
            }),
        );
    const stored = names
        .filter((name) => values[name] !== undefined)
        .map((name) => {
            const [part, key] = PLACES[name];
            return [name, { secret: { name: secretName(release, part), key } }];
        });
    const existing = usedSecrets(auth).flatMap(({ name, reference }) =>
        reference === undefined ? [] : [[name, { secret: reference }]],
    );
    return {
        values,
        contents: { app: contentsOf("app"), auth: contentsOf("auth"), setup: contentsOf("setup") },
        refs: Object.fromEntries([...existing, ...stored]) as AppSecrets["refs"],
    };
}
