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
     * The setting that gives users tenants of their own, as messages name it; undefined: all are in the tenant "keep". Keep
     * provisions and the setup Job creates for that tenant alone (provision_resources in keep/api/config.py).
     */
    readonly bringsTenants?: (auth: C) => string | undefined;
    /** False: Keep does not create the tenant "keep", and so none of its API keys (on_starting in keep/api/config.py). */
    readonly createsKeys?: false;
}

/** Combines a provider with the schema of its settings. */
export function authProvider<S extends z.ZodType>(schema: S, provider: AuthProvider<z.output<S>>) {
    return { schema, ...provider };
}
