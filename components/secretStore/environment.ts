import type { SecretStoreConfig } from "./settings";
import { clusterName, type Release } from "../naming";

/** Environment that tells Keep's processes of their store; an undefined value leaves the name out. */
export type StoreEnv = Readonly<Record<string, string | undefined>>;

/** Namespace of the Secrets that Keep writes: one that the stack names, or one that holds nothing else. */
export function credentialsNamespace({ namespace }: { readonly namespace?: string }, release: Release): string {
    return namespace ?? clusterName(release, "secrets");
}

/** What tells Keep's processes where the credentials of their providers are (keep/secretmanager/secretmanagerfactory.py). */
export function storeEnv(secretStore: SecretStoreConfig, release: Release): StoreEnv {
    switch (secretStore.kind) {
        case "kubernetes":
            return {
                SECRET_MANAGER_TYPE: "K8S",
                K8S_NAMESPACE: credentialsNamespace(secretStore, release),
            };
        case "database":
            return { SECRET_MANAGER_TYPE: "DB" };
        case "vault":
            return {
                SECRET_MANAGER_TYPE: "VAULT",
                HASHICORP_VAULT_ADDR: secretStore.address,
                // Keep's own spelling (keep/secretmanager/vaultsecretmanager.py).
                HASHICORP_VALUT_NAMESPACE: secretStore.namespace,
                HASHICORP_VAULT_USE_K8S: "true",
                HASHICORP_VAULT_K8S_ROLE: secretStore.role,
            };
        case "aws":
            return { SECRET_MANAGER_TYPE: "AWS", AWS_REGION: secretStore.region, AWS_KMS_KEY_ID: secretStore.kmsKeyId };
        case "gcp":
            return { SECRET_MANAGER_TYPE: "GCP", GOOGLE_CLOUD_PROJECT: secretStore.project };
    }
}

/** Kind and place of a store, such as `kubernetes/keep-secrets`: two of the same name hold the same credentials. */
export function storeName(env: StoreEnv): string | undefined {
    const places: Readonly<Record<string, readonly (string | undefined)[]>> = {
        K8S: ["kubernetes", env.K8S_NAMESPACE],
        DB: ["database"],
        VAULT: ["vault", env.HASHICORP_VAULT_ADDR, env.HASHICORP_VALUT_NAMESPACE],
        AWS: ["aws", env.AWS_REGION],
        GCP: ["gcp", env.GOOGLE_CLOUD_PROJECT],
    };
    return places[env.SECRET_MANAGER_TYPE ?? ""]?.join("/");
}
