import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../settings/resolve";
import { isRetained } from "../settings/retained";
import type { Env } from "../kubernetes/env";
import { createGrant } from "../kubernetes/grant";
import { retention } from "../kubernetes/inherited";
import type { Account } from "../kubernetes/pod";
import { clusterName, type Release, scopeOf } from "../naming";
import { credentialsNamespace } from "./kubernetes";
import { deletesSecretsOnDestroy, SecretRemoval } from "./removal";
import { storeEnv, usesToken } from "./settings";

/** Arguments of Access. */
export interface AccessArgs {
    readonly release: Release;
    readonly config: KeepConfig;
}

/** The service account of Keep's processes, and their access to the secret store. */
export class Access extends pulumi.ComponentResource {
    /** Account of the pods that run Keep's Python program. */
    public readonly account: Account;
    /** Environment of the secret store. */
    public readonly env: Env;

    constructor(name: string, args: AccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Access", name, {}, opts);
        const { release, config } = args;
        const { secretStore, serviceAccount } = config;
        const scope = scopeOf(release, "backend");
        const child = { parent: this };

        this.account = {
            name: serviceAccount.name ?? scope.name,
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
                    // Pods that need the token mount it explicitly.
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
     * A namespace that contains only Secrets that Keep creates, so that deleting it removes exactly these. It is
     * retained with the database, whose providers need the credentials.
     */
    private storeNamespace(name: string, namespace: string, { release, config }: AccessArgs): pulumi.Resource {
        const { labels } = scopeOf(release, "secrets");
        return new k8s.core.v1.Namespace(
            `${name}-secrets`,
            { metadata: { name: namespace, labels } },
            { parent: this, ...retention(isRetained(config)) },
        );
    }

    /**
     * Grants the four verbs that Keep uses on Secrets (keep/secretmanager/kubernetessecretmanager.py), only in that
     * namespace.
     */
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
