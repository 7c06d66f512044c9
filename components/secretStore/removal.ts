import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../settings/resolve";
import type { SecretStoreConfig } from "./settings";
import { type Release, scopeOf } from "../naming";

/** Name of the ConfigMap that keeps a second Keep out. The API server quotes it: `configmaps "only-one-keep-here" already exists`. */
const LOCK_NAME = "only-one-keep-here";

/** The namespace to remove Keep's Secrets from, at destroy. */
export interface SecretRemovalArgs {
    readonly release: Release;
    /** The namespace that the release shares with others. */
    readonly namespace: string;
    /** Leaves them there: a retained database needs them. */
    readonly retain: boolean;
}

/** Fields of a Secret that say whether Keep wrote it. */
interface SecretFacts {
    readonly metadata?: {
        readonly name?: string;
        readonly labels?: Record<string, string>;
        readonly ownerReferences?: readonly unknown[];
    };
    readonly type?: string;
    readonly data?: Record<string, string>;
}

/**
 * Whether Keep wrote a Secret. Keep puts no label on what it writes, so this goes by its form
 * (keep/secretmanager/kubernetessecretmanager.py): named `keep-…` after its tenant, of type Opaque, with the one key `value`,
 * and neither labelled by a manager nor owned by another object.
 */
export function isWrittenByKeep({ metadata = {}, type, data = {} }: SecretFacts): boolean {
    const labels = Object.keys(metadata.labels ?? {});
    return (
        (metadata.name ?? "").startsWith("keep-") &&
        type === "Opaque" &&
        Object.keys(data).join() === "value" &&
        !labels.includes("app.kubernetes.io/managed-by") &&
        (metadata.ownerReferences ?? []).length === 0
    );
}

/** Whether `pulumi destroy` deletes the Secrets that Keep wrote into a namespace that the stack does not own. */
export function deletesSecretsOnDestroy({ secretStore }: { readonly secretStore: SecretStoreConfig }): boolean {
    return secretStore.kind === "kubernetes" && secretStore.namespace !== undefined && secretStore.removal;
}

/**
 * Rejects `secretStore.removal` where it cannot work.
 * @param reason rest of a sentence that begins with the key
 * @throws pulumi.RunError with the reason and the way out
 */
export function rejectRemoval(config: KeepConfig, reason: string): void {
    if (deletesSecretsOnDestroy(config)) {
        throw new pulumi.RunError(
            `secretStore.removal ${reason}. ` +
                "Set it to false, or omit secretStore.namespace: Keep's Secrets are then deleted with their own namespace",
        );
    }
}

/**
 * Rejects the removal with a Kubernetes provider of the program's own. Such a provider does not reveal its kubeconfig, so the
 * removal could only use the default one: perhaps another cluster, with a namespace of the same name.
 * @throws pulumi.RunError with the way out
 */
export function requireDefaultProvider(keep: pulumi.Resource, config: KeepConfig): void {
    if (keep.getProvider("kubernetes:core/v1:Secret") !== undefined) {
        rejectRemoval(config, "cannot find the cluster of a Kubernetes provider that the program creates itself");
    }
}

interface RemovalInputs {
    readonly namespace: string;
    /** Contents or path of a kubeconfig; empty: the default one, as for the Kubernetes provider. */
    readonly kubeconfig: string;
    readonly context: string;
}

/**
 * Runs inside `pulumi destroy`, from the copy that Pulumi stores in the state, with this project's node_modules. A copy cannot
 * import our files: it uses packages only.
 */
const removal: pulumi.dynamic.ResourceProvider<RemovalInputs, RemovalInputs> = {
    create: (inputs) => Promise.resolve({ id: inputs.namespace, outs: inputs }),
    update: (_id, _olds, news) => Promise.resolve({ outs: news }),
    diff: (_id, olds, news) =>
        Promise.resolve({
            changes: JSON.stringify(olds) !== JSON.stringify(news),
            replaces: olds.namespace === news.namespace ? [] : ["namespace"],
        }),
    async delete(_id, { namespace, kubeconfig, context }) {
        const { CoreV1Api, KubeConfig } = await import("@kubernetes/client-node");
        const config = new KubeConfig();
        if (kubeconfig.trimStart().startsWith("{") || kubeconfig.includes("\n")) {
            config.loadFromString(kubeconfig);
        } else if (kubeconfig !== "") {
            config.loadFromFile(kubeconfig);
        } else {
            config.loadFromDefault();
        }
        if (context !== "") {
            config.setCurrentContext(context);
        }
        const api = config.makeApiClient(CoreV1Api);
        const { items } = await api.listNamespacedSecret({ namespace });
        for (const { metadata } of items.filter(isWrittenByKeep)) {
            const name = metadata?.name ?? "";
            await api.deleteNamespacedSecret({ namespace, name }).catch((error: unknown) => {
                // Somebody else has deleted it.
                if ((error as { code?: unknown }).code !== 404) {
                    throw error;
                }
            });
        }
    },
};

/** Removes Keep's Secrets when it is destroyed; does nothing before. */
class RemovalAtDestroy extends pulumi.dynamic.Resource {
    constructor(
        name: string,
        inputs: Record<keyof RemovalInputs, pulumi.Input<string>>,
        opts: pulumi.CustomResourceOptions,
    ) {
        super(removal, name, inputs, opts, "keep", "SecretRemoval");
    }
}

/**
 * Deletes, at `pulumi destroy`, the Secrets that Keep wrote into a namespace that the stack does not own. A ConfigMap of a fixed
 * name rejects a second Keep in that namespace: the two would overwrite each other's Secrets.
 */
export class SecretRemoval extends pulumi.ComponentResource {
    constructor(name: string, args: SecretRemovalArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:SecretRemoval", name, {}, opts);
        const { release, namespace, retain } = args;
        const kubernetes = new pulumi.Config("kubernetes");

        const claim = new k8s.core.v1.ConfigMap(
            `${name}-claim`,
            {
                metadata: { name: LOCK_NAME, namespace, labels: scopeOf(release, "secrets").labels },
                data: { owner: `${release.namespace}/${release.name}` },
            },
            { parent: this },
        );

        new RemovalAtDestroy(
            name,
            {
                namespace,
                kubeconfig: kubernetes.getSecret("kubeconfig") ?? "",
                context: kubernetes.get("context") ?? "",
            },
            // Kept in the program even with `retain`: taking it out would delete it, and so run the removal.
            { parent: this, dependsOn: [claim], retainOnDelete: retain },
        );

        this.registerOutputs({});
    }
}
