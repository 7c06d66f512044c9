import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../settings/resolve";
import type { SecretStoreConfig } from "./settings";
import { retention } from "../kubernetes/inherited";
import { type ClusterChoice, clusterKubeconfig } from "../kubernetes/kubeconfig";
import { type Release, scopeOf } from "../naming";
import { rejection } from "../settings/rejection";

/**
 * Name of the ConfigMap that prevents a second installation. The error contains it:
 * `configmaps "only-one-keep-here" already exists`.
 */
const LOCK_NAME = "only-one-keep-here";

/** Arguments of SecretRemoval. */
export interface SecretRemovalArgs {
    readonly release: Release;
    /** Namespace from which the Secrets are removed. */
    readonly namespace: string;
    /** Whether to keep the Secrets, because a retained database needs them. */
    readonly retain: boolean;
}

/** Fields of a Secret that show whether Keep created it. */
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
 * Whether Keep created a Secret. Keep adds no labels, so this checks the format
 * (keep/secretmanager/kubernetessecretmanager.py): a name `keep-…`, the type Opaque, only the key `value`, no label of
 * a manager, and no owner.
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

/** Whether `pulumi destroy` deletes the Secrets that Keep created in a namespace that the stack does not create. */
export function deletesSecretsOnDestroy({ secretStore }: { readonly secretStore: SecretStoreConfig }): boolean {
    return secretStore.kind === "kubernetes" && secretStore.namespace !== undefined && secretStore.removal;
}

/**
 * Rejects `secretStore.removal`.
 * @param reason rest of a sentence that begins with the key
 * @throws pulumi.RunError with the reason and the fix
 */
export function rejectRemoval(config: KeepConfig, reason: string): void {
    if (deletesSecretsOnDestroy(config)) {
        throw rejection(
            `secretStore.removal ${reason}. ` +
                "Set it to false, or omit secretStore.namespace: Keep's Secrets are then deleted with their own namespace",
        );
    }
}

/**
 * Rejects the removal with an explicit Kubernetes provider. The removal cannot read the kubeconfig of such a provider,
 * and the default kubeconfig may be that of another cluster with a namespace of the same name.
 * @throws pulumi.RunError with the fix
 */
export function requireDefaultProvider(keep: pulumi.Resource, config: KeepConfig): void {
    if (keep.getProvider("kubernetes:core/v1:Secret") !== undefined) {
        rejectRemoval(config, "cannot find the cluster of a Kubernetes provider that the program creates itself");
    }
}

interface RemovalInputs extends Omit<ClusterChoice, "cluster"> {
    readonly namespace: string;
    /** Only if `kubernetes:cluster` is set. */
    readonly cluster?: string;
}

/** A variable of this file, because the serialized function would load a file of an installed package by its path. */
const kubeconfigOf = clusterKubeconfig;

/**
 * Runs in `pulumi destroy`, from a copy in the state and with the node_modules of the project. The copy can only import
 * packages, not files of this project.
 */
const removal: pulumi.dynamic.ResourceProvider<RemovalInputs, RemovalInputs> = {
    create: (inputs) => Promise.resolve({ id: inputs.namespace, outs: inputs }),
    update: (_id, _olds, news) => Promise.resolve({ outs: news }),
    diff: (_id, olds, news) =>
        Promise.resolve({
            changes: JSON.stringify(olds) !== JSON.stringify(news),
            replaces: olds.namespace === news.namespace ? [] : ["namespace"],
        }),
    async delete(_id, { namespace, kubeconfig, context, cluster = "" }) {
        const client = await import("@kubernetes/client-node");
        const config = kubeconfigOf(client, { kubeconfig, context, cluster });
        if (config === undefined) {
            throw new Error("There is no kubeconfig. Set KUBECONFIG to its path, or write it to ~/.kube/config");
        }
        const api = config.makeApiClient(client.CoreV1Api);
        const { items } = await api.listNamespacedSecret({ namespace });
        for (const { metadata } of items.filter(isWrittenByKeep)) {
            const name = metadata?.name ?? "";
            await api.deleteNamespacedSecret({ namespace, name }).catch((error: unknown) => {
                // It was deleted meanwhile.
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
        inputs: pulumi.Inputs & Record<"namespace" | keyof ClusterChoice, pulumi.Input<string> | undefined>,
        opts: pulumi.CustomResourceOptions,
    ) {
        super(removal, name, inputs, opts, "keep", "SecretRemoval");
    }
}

/**
 * Deletes, in `pulumi destroy`, the Secrets that Keep created in a namespace that the stack does not create. A
 * ConfigMap with a fixed name prevents a second installation in that namespace, because the two would overwrite each
 * other's Secrets.
 */
export class SecretRemoval extends pulumi.ComponentResource {
    constructor(name: string, args: SecretRemovalArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:SecretRemoval", name, {}, opts);
        const { release, namespace, retain } = args;
        const kubernetes = new pulumi.Config("kubernetes");
        // The provider then only writes files, and another program deploys them and removes what it deployed.
        const rendersFiles = (kubernetes.get("renderYamlToDirectory") ?? "") !== "";

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
                cluster: kubernetes.get("cluster"),
            },
            // Created even if it must never run, because removing the resource from the program would run the removal.
            { parent: this, dependsOn: [claim], ...retention(retain || rendersFiles) },
        );

        this.registerOutputs({});
    }
}
