import type { AuthSecrets, Variable } from "./provider";
import { type AuthByKind, type AuthKind, providers } from "./settings";
import type { Env } from "../kubernetes/env";

/** Environment that says how people sign in: both tiers must agree, and read different names for the same things. */
export interface AuthEnv {
    /** For setup, API and worker. */
    readonly backend: Env;
    /** For the user interface. */
    readonly frontend: Env;
}

/** Environment of both tiers for the configured way to sign in. */
export function authEnv<K extends AuthKind>(auth: { readonly kind: K } & AuthByKind[K], secrets: AuthSecrets): AuthEnv {
    const provider = providers[auth.kind];
    const valuesOf = (variables: Readonly<Record<string, Variable<AuthByKind[K]>>>): Env =>
        Object.fromEntries(Object.entries(variables).map(([name, [, value]]) => [name, value(auth, secrets)]));
    // In lower case the user interface would fall back to no sign-in at all, without a word; the backend takes both.
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

/** Variables of a tier that `keep:auth` decides, each with the key that does. */
export function authVariables(tier: keyof AuthEnv): Readonly<Record<string, string>> {
    const variables = Object.values(providers).flatMap((provider) => Object.entries(provider[tier]));
    return {
        AUTH_TYPE: "keep:auth.kind",
        ...(tier === "frontend" ? { AUTH_SESSION_TIMEOUT: "keep:auth.sessionSeconds" } : {}),
        ...Object.fromEntries(variables.map(([name, [key]]) => [name, key])),
    };
}
