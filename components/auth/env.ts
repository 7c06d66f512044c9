import type { AuthSecrets, Variable } from "./provider";
import { type AuthByKind, type AuthKind, providers } from "./settings";
import type { Env } from "../kubernetes/env";

/** Environment for sign-in. Backend and frontend need the same values, but under different names. */
export interface AuthEnv {
    /** For setup Job, API and workers. */
    readonly backend: Env;
    /** For the user interface. */
    readonly frontend: Env;
}

/** Environment of both tiers for the configured kind of `keep:auth`. */
export function authEnv<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K], secrets: AuthSecrets): AuthEnv {
    const provider = providers[auth.kind];
    const valuesOf = (variables: Readonly<Record<string, Variable<AuthByKind[K]>>>): Env =>
        Object.fromEntries(Object.entries(variables).map(([name, [, value]]) => [name, value(auth, secrets)]));
    // With a lower-case value, the user interface would silently disable sign-in. The backend accepts both.
    const common: Env = { AUTH_TYPE: auth.kind.toUpperCase() };
    const seconds = auth.sessionSeconds;
    return {
        backend: { ...common, ...valuesOf(provider.backend) },
        frontend: {
            ...common,
            AUTH_SESSION_TIMEOUT: seconds === undefined ? undefined : String(seconds),
            ...valuesOf(provider.frontend),
        },
    };
}

/** Variables of a tier that `keep:auth` sets, each with its key. */
export function authVariables(tier: keyof AuthEnv): Readonly<Record<string, string>> {
    const variables = Object.values(providers).flatMap((provider) => Object.entries(provider[tier]));
    return {
        AUTH_TYPE: "keep:auth.kind",
        ...(tier === "frontend" ? { AUTH_SESSION_TIMEOUT: "keep:auth.sessionSeconds" } : {}),
        ...Object.fromEntries(variables.map(([name, [key]]) => [name, key])),
    };
}
