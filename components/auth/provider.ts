import type * as z from "zod";

import type { SecretKeyRef } from "../kubernetes/env";
import type { ExistingSecrets } from "../secrets/existing";

/** A key of a Kubernetes Secret. */
export type KeyReference = SecretKeyRef["secret"];

/** Secret keys of a stack file that signing in may need. */
export const AUTH_SECRETS = ["authClientSecret", "firstUserPassword", "keycloakAdminPassword", "oktaApiToken"] as const;

/** One of the secret keys that signing in may need. */
export type AuthSecretName = (typeof AUTH_SECRETS)[number];

/** Where each of these secrets is stored in the cluster; absent where there is none. */
export type AuthSecrets = Readonly<Partial<Record<AuthSecretName, SecretKeyRef>>>;

/** Key of the stack that decides an environment variable, and the variable's value; undefined leaves the variable out. */
export type Variable<C> = readonly [
    key: string,
    value: (auth: C, secrets: AuthSecrets) => string | SecretKeyRef | undefined,
];

/** How a way to sign in uses a secret key. */
export interface SecretUse<C> {
    /** Whether signing in fails without the secret. */
    readonly isRequired: boolean;
    /** Setting that can name a key of an existing Secret instead, and its value. */
    readonly reference: readonly [
        setting: string,
        value: (auth: C, existing: ExistingSecrets) => KeyReference | undefined,
    ];
}

/** One way to sign in: its environment, secrets, and what it calls. Rules and network policies follow from it. */
export interface AuthProvider<C> {
    /** Environment of setup, API and worker (keep/identitymanager, ee/identitymanager). */
    readonly backend: Readonly<Record<string, Variable<C>>>;
    /** Environment of the user interface (keep-ui/auth.config.ts). */
    readonly frontend: Readonly<Record<string, Variable<C>>>;
    /** The secret keys it uses. */
    readonly secrets?: Readonly<Partial<Record<AuthSecretName, SecretUse<C>>>>;
    /** Addresses that API and user interface call. */
    readonly urls?: (auth: C) => readonly string[];
    /** True where tenants come from the provider: setup then creates neither the tenant "keep" nor its API keys (keep/api/config.py). */
    readonly bringsTenants?: boolean;
}

/** A provider with its settings, whose type its environment reads. */
export function authProvider<S extends z.ZodType>(schema: S, provider: AuthProvider<z.output<S>>) {
    return { schema, ...provider };
}
