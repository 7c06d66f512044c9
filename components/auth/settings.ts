import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import { type Destinations, type Egress, hostOf, peersFor, portOf, PROCESSES } from "../fields/traffic";
import type { ExistingSecrets } from "../secrets/existing";
import { auth0 } from "./auth0";
import { azuread } from "./azuread";
import { db } from "./db";
import { keycloak } from "./keycloak";
import { noauth } from "./noauth";
import { oauth2proxy } from "./oauth2proxy";
import { okta } from "./okta";
import { onelogin } from "./onelogin";
import { AUTH_SECRETS, type AuthProvider, type AuthSecretName, KEEP_TENANT, type KeyReference } from "./provider";

/** All kinds of `keep:auth`. */
const all = { db, noauth, oauth2proxy, keycloak, auth0, okta, onelogin, azuread };

/** Schema of `keep:auth`. */
export const auth = unionOfKinds(Object.values(all));

/** `keep:auth`, validated and with defaults. */
export type AuthConfig = z.infer<typeof auth>;

/** Name of a kind. */
export type AuthKind = AuthConfig["kind"];

/** The settings of each kind. */
export type AuthByKind = { readonly [K in AuthKind]: Extract<AuthConfig, { kind: K }> };

/** All kinds by name. */
export const providers: { readonly [K in AuthKind]: AuthProvider<AuthByKind[K]> } = all;

/** Connections of API and user interface to the identity provider. */
export function authEgress<K extends AuthKind>(
    auth: { readonly kind: K } & AuthByKind[K],
    { identityProvider }: Destinations,
): Egress[] {
    const urls = providers[auth.kind].urls?.(auth) ?? [];
    const to = peersFor(identityProvider, urls.map(portOf), ...urls.map(hostOf));
    return urls.length === 0 ? [] : [{ from: [...PROCESSES, "frontend"], to }];
}

/** URL of the identity provider to which the user interface connects; undefined without a provider. */
export function signInUrl<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K]): string | undefined {
    return providers[auth.kind].urls?.(auth).at(-1);
}

/** The tenant that the setup Job creates; undefined: Keep creates its own. */
export function createdTenant<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K]): string | undefined {
    return providers[auth.kind].tenantId?.(auth);
}

/** Whether API keys can be created before the first sign-in: in Keep's own tenant. */
export function createsKeys(auth: AuthConfig): boolean {
    return [undefined, KEEP_TENANT].includes(createdTenant(auth));
}

/** The setting that gives users other tenants than Keep's own, as messages name it; undefined: all are in Keep's own. */
export function tenantSetting<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K]): string | undefined {
    return providers[auth.kind].bringsTenants?.(auth);
}

/** A secret key that the configured kind uses. */
export interface UsedSecret {
    readonly name: AuthSecretName;
    readonly isRequired: boolean;
    /** Setting for an existing Secret. */
    readonly setting: string;
    /** Value of that setting. */
    readonly reference: KeyReference | undefined;
}

/** The secret keys that the configured kind uses. */
export function usedSecrets<K extends AuthKind>(
    auth: { readonly kind: K } & AuthByKind[K],
    existing: ExistingSecrets,
): UsedSecret[] {
    const { secrets = {} } = providers[auth.kind];
    return AUTH_SECRETS.flatMap((name) => {
        const use = secrets[name];
        if (use === undefined) {
            return [];
        }
        const [setting, valueOf] = use.reference;
        return [{ name, isRequired: use.isRequired, setting, reference: valueOf(auth, existing) }];
    });
}
