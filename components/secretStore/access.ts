import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../settings/resolve";
import { isRetained } from "../settings/retained";
import type { Env } from "../kubernetes/env";
import { createGrant } from "../kubernetes/grant";
import type { Account } from "../kubernetes/pod";
import { clusterName, type Release, scopeOf } from "../naming";
import { credentialsNamespace } from "./kubernetes";
import { deletesSecretsOnDestroy, SecretRemoval } from "./removal";
import { storeEnv, usesToken } from "./settings";

/** What the backend's rights are made from. */
export interface AccessArgs {
    readonly release: Release;
    readonly config: KeepConfig;
}

/** Who the backend is in the cluster, and where it keeps the credentials of its providers. */
export class Access extends pulumi.ComponentResource {
    /** Account of every pod that runs Keep's own Python. */
    public readonly account: Account;
    /** What tells Keep's processes of its secret store. */
    public readonly env: Env;

    constructor(name: string, args: AccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Access", name, {}, opts);
        const { release, config } = args;
        const { secretStore, serviceAccount } = config;
        const scope = scopeOf(release, "backend");
        const child = { parent: this };

        this.account = {
            name: serviceAccount.name ?? (serviceAccount.create ? scope.name : "default"),
            usesToken: usesToken(secretStore),
        };

        if (serviceAccount.create) {
            new k8s.core.v1.ServiceAccount(
                name,
                {
                    metadata: {
                        name: this.account.name,
                        namespace: scope.namespace,
                        labels: scope.labels,
                        annotations: serviceAccount.annotations,
                    },
                    // Pods that need the token say so themselves.
                    automountServiceAccountToken: false,
                },
                child,
            );
        }

        if (secretStore.kind === "kubernetes") {
            const namespace = credentialsNamespace(secretStore, release);
            const own = secretStore.namespace === undefined ? [this.storeNamespace(name, namespace, args)] : [];
            this.grant(name, namespace, release, own);
            if (deletesSecretsOnDestroy(config)) {
                new SecretRemoval(name, { release, namespace, retain: isRetained(config) }, child);
            }
        }

        this.env = storeEnv(secretStore, release);
        this.registerOutputs({});
    }

    /**
     * A namespace that holds nothing but what Keep writes: destroying it removes that, and nothing of a neighbour's. It stays with
     * a database that stays, whose providers would have lost their credentials.
     */
    private storeNamespace(name: string, namespace: string, { release, config }: AccessArgs): pulumi.Resource {
        const { labels } = scopeOf(release, "secrets");
        return new k8s.core.v1.Namespace(
            `${name}-secrets`,
            { metadata: { name: namespace, labels } },
            { parent: this, retainOnDelete: isRetained(config) },
        );
    }

    /** The four verbs that Keep uses on Secrets (keep/secretmanager/kubernetessecretmanager.py), in that namespace and nowhere else. */
    private grant(name: string, namespace: string, release: Release, dependsOn: pulumi.Resource[]): void {
        const { labels } = scopeOf(release, "secrets");
        const metadata = { name: clusterName(release, "secret-store"), namespace, labels };
        createGrant(
            name,
            {
                metadata,
                rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["create", "get", "patch", "delete"] }],
                account: { name: this.account.name, namespace: release.namespace },
            },
            { parent: this, dependsOn },
        );
    }
}
