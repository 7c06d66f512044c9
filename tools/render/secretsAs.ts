import type { Store } from "./externalSecrets";

/** How the Secrets are created in the cluster. */
export type SecretsAs =
    { readonly kind: "list" } | { readonly kind: "external"; readonly store: Store } | { readonly kind: "sealed" };
