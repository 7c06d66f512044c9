import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../settings/resolve";
import type { StackConfig } from "../settings/schema";
import { type Release, scopeOf } from "../naming";

/** Name of the ConfigMap that keeps a second Keep out. The API server's refusal quotes it: `configmaps "only-one-keep-here" already exists`. */
const CLAIM = "only-one-keep-here";

/** Where to remove, and how to get there. */
export interface SecretRemovalArgs {
    readonly release: Release;
    /** The namespace that the release shares with others. */
    readonly namespace: string;
    /** Leaves them there for good: with a kept database they are worth keeping. */
    readonly retain: boolean;
}

/** What of a Secret decides whether Keep wrote it. */
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

/** Whether a Keep's Secrets stand in a namespace that it does not own, and are to be removed from there with it. */
export function asksForRemoval({ secretStore }: Pick<StackConfig, "secretStore">): boolean {
    return secretStore.kind === "kubernetes" && secretStore.namespace !== undefined && secretStore.removal;
}

/**
 * Refuses a Keep that asks for the removal where it cannot work.
 * @throws pulumi.RunError with the reason, which ends the sentence that begins with the key, and the way out.
 */
export function refuseRemoval(config: KeepConfig, reason: string): void {
    if (asksForRemoval(config)) {
        throw new pulumi.RunError(
            `secretStore.removal ${reason}. ` +
                "Set it to false, or leave secretStore.namespace out: then Keep's Secrets go with their namespace",
        );
    }
}

/**
 * The removal finds the cluster as the default provider does, since a provider of the program's own does not tell its kubeconfig:
 * it could be another cluster, with a namespace of the same name.
 * @throws pulumi.RunError when the Keep has such a provider, and asks for the removal.
 */
export function refuseOtherCluster(keep: pulumi.Resource, config: KeepConfig): void {
    if (keep.getProvider("kubernetes:core/v1:Secret") !== undefined) {
        refuseRemoval(
            config,
            "cannot be used with a Kubernetes provider of the program's own, whose cluster it would not find",
        );
    }
}

interface RemovalInputs {
    readonly namespace: string;
    /** Contents of a kubeconfig; empty: the ambient one, as the Kubernetes provider does. */
    readonly kubeconfig: string;
    readonly context: string;
}

/**
 * Runs inside `pulumi destroy`, from the copy that Pulumi keeps of it in the state; needs this project's node_modules there.
 * Everything it uses is in it or in a package, because a copy cannot import our files.
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
                // Somebody else was faster.
                if ((error as { code?: unknown }).code !== 404) {
                    throw error;
                }
            });
        }
    },
};

/** The act of removing, as a resource: nothing while it exists, and the removal when it is destroyed. */
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
 * Removes, at `pulumi destroy`, the Secrets that Keep wrote into a namespace that it does not own. A ConfigMap of fixed name
 * keeps a second Keep out of that namespace: their Secrets could not be told apart, and Keep itself would overwrite them.
 */
export class SecretRemoval extends pulumi.ComponentResource {
    constructor(name: string, args: SecretRemovalArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:SecretRemoval", name, {}, opts);
        const { release, namespace, retain } = args;
        const kubernetes = new pulumi.Config("kubernetes");

        const claim = new k8s.core.v1.ConfigMap(
            `${name}-claim`,
            {
                metadata: { name: CLAIM, namespace, labels: scopeOf(release, "secrets").labels },
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
            // Also where it has nothing to remove: a resource that were left out then would run at once on a stack that has had it.
            { parent: this, dependsOn: [claim], retainOnDelete: retain },
        );

        this.registerOutputs({});
    }
}
