import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import type { SecretKeyRef } from "../kubernetes/env";
import { auth0 } from "./auth0";
import { azuread } from "./azuread";
import { db } from "./db";
import { keycloak } from "./keycloak";
import { noauth } from "./noauth";
import { oauth2proxy } from "./oauth2proxy";
import { okta } from "./okta";
import { onelogin } from "./onelogin";
import { AUTH_SECRETS, type AuthProvider, type AuthSecretName } from "./provider";

/** Every way to sign in, each whole in a file of its own. */
const all = { db, noauth, oauth2proxy, keycloak, auth0, okta, onelogin, azuread };

/** How people sign in. */
export const auth = unionOfKinds(Object.values(all));

/** How people sign in, validated and with defaults. */
export type AuthConfig = z.infer<typeof auth>;

/** The ways to sign in by their kind. */
export type AuthKind = AuthConfig["kind"];

/** The settings of each kind. */
export type AuthByKind = { readonly [K in AuthKind]: Extract<AuthConfig, { kind: K }> };

/** Every way to sign in, by kind. */
export const providers: { readonly [K in AuthKind]: AuthProvider<AuthByKind[K]> } = all;

/** What one way to sign in calls, in API and user interface. */
export function providerUrls<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K]): readonly string[] {
    return providers[auth.kind].urls?.(auth) ?? [];
}

/** A secret key that the configured way to sign in uses. */
export interface UsedSecret {
    readonly name: AuthSecretName;
    readonly isRequired: boolean;
    /** Setting of `keep:auth` that can name an existing Secret instead; undefined where none can. */
    readonly setting: string | undefined;
    /** The existing Secret that it names. */
    readonly reference: SecretKeyRef["secret"] | undefined;
}

/** The secret keys that the configured way to sign in uses. */
export function usedSecrets<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K]): UsedSecret[] {
    const { secrets = {} } = providers[auth.kind];
    return AUTH_SECRETS.flatMap((name) => {
        const { isRequired, reference: [setting, valueOf] = [] } = secrets[name] ?? {};
        return isRequired === undefined ? [] : [{ name, isRequired, setting, reference: valueOf?.(auth) }];
    });
}

/** Whether Keep signs people in at an identity provider of its own accord, by client id and secret. */
export function isClient(auth: AuthConfig): auth is Extract<AuthConfig, { clientId: string }> {
    return "clientId" in auth;
}
