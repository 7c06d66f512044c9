import type { Store } from "./externalSecrets";

/** How Secrets come to be in the cluster. */
export type SecretsAs =
    { readonly kind: "list" } | { readonly kind: "external"; readonly store: Store } | { readonly kind: "sealed" };
