import type * as z from "zod";

import type { SecretKeyRef } from "../kubernetes/env";
import type { ExistingSecrets } from "../secrets/existing";

/** A key of a Kubernetes Secret. */
export type KeyReference = SecretKeyRef["secret"];

/** Secret keys for sign-in. */
export const AUTH_SECRETS = ["authClientSecret", "firstUserPassword", "keycloakAdminPassword", "oktaApiToken"] as const;

/** A secret key for sign-in. */
export type AuthSecretName = (typeof AUTH_SECRETS)[number];

/** The Secrets in the cluster that contain these values. */
export type AuthSecrets = Readonly<Partial<Record<AuthSecretName, SecretKeyRef>>>;

/** An environment variable: the key that sets it, and a function that returns its value (undefined: not set). */
export type Variable<C> = readonly [
    key: string,
    value: (auth: C, secrets: AuthSecrets) => string | SecretKeyRef | undefined,
];

/** How a kind of `keep:auth` uses a secret key. */
export interface SecretUse<C> {
    /** Whether sign-in fails without the secret. */
    readonly isRequired: boolean;
    /** Setting for a key of an existing Secret, and a function that returns its value. */
    readonly reference: readonly [
        setting: string,
        value: (auth: C, existing: ExistingSecrets) => KeyReference | undefined,
    ];
}

/** A kind of `keep:auth`: its environment, secrets and URLs, from which rules and network policies are derived. */
export interface AuthProvider<C> {
    /** Environment of setup Job, API and workers (keep/identitymanager, ee/identitymanager). */
    readonly backend: Readonly<Record<string, Variable<C>>>;
    /** Environment of the user interface (keep-ui/auth.config.ts). */
    readonly frontend: Readonly<Record<string, Variable<C>>>;
    /** Secret keys that it uses. */
    readonly secrets?: Readonly<Partial<Record<AuthSecretName, SecretUse<C>>>>;
    /** URLs to which API and user interface connect, the latter to the last one. */
    readonly urls?: (auth: C) => readonly string[];
    /**
     * The tenant of users, which the setup Job creates because Keep does not (on_starting in keep/api/config.py); undefined:
     * Keep creates its own.
     */
    readonly tenantId?: (auth: C) => string;
    /**
     * The setting that gives users other tenants than Keep's own, as messages name it; undefined: all are in Keep's own. Keep
     * provisions for that tenant alone (provision_resources in keep/api/config.py).
     */
    readonly bringsTenants?: (auth: C) => string | undefined;
}

/** Id of Keep's own tenant (SINGLE_TENANT_UUID in keep/api/core/dependencies.py). */
export const KEEP_TENANT = "keep";

/** Combines a provider with the schema of its settings. */
export function authProvider<S extends z.ZodType>(schema: S, provider: AuthProvider<z.output<S>>) {
    return { schema, ...provider };
}
