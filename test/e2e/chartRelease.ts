import { chartFullname } from "../../components/adoption/settings";
import type { ApiClient, KubernetesObject } from "../cluster/api/client";
import { makeNamespace, writeLikeKeep } from "./objects";

/** What Keep's Helm chart makes for a release, as far as a successor can meet it: names, labels, selectors and the claim. */
export class ChartRelease {
    private readonly fullname: string;

    constructor(
        private readonly client: ApiClient,
        readonly helmRelease: string,
        readonly namespace: string,
    ) {
        this.fullname = chartFullname({ helmRelease });
    }

    /** Installs it, or puts back what is missing, as `helm rollback` does. */
    async install(): Promise<void> {
        await makeNamespace(this.client, this.namespace);
        for (const object of this.objects()) await this.client.apply(object);
    }

    /** All that stands in the chart's manifests. */
    objects(): readonly KubernetesObject[] {
        const tiers = { backend: 8080, frontend: 3000, websocket: 6001, database: 3306 };
        return [
            this.object("v1", "PersistentVolumeClaim", `${this.fullname}-pvc`, {
                spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
            }),
            this.object("v1", "ServiceAccount", this.fullname, {}),
            this.object("rbac.authorization.k8s.io/v1", "Role", "secret-manager-role", {
                rules: [
                    { apiGroups: [""], resources: ["secrets"], verbs: ["create", "delete", "get", "list", "patch"] },
                ],
            }),
            ...Object.entries(tiers).flatMap(([tier, port]) => this.tier(tier, port)),
            this.ingress(),
        ];
    }

    /** Writes what is not in the chart's manifests: Helm's record, and what Keep has written at run time. */
    async live(): Promise<void> {
        await writeLikeKeep(this.client, this.namespace, "keep-slack-1");
        await this.client.apply({
            apiVersion: "v1",
            kind: "Secret",
            metadata: {
                name: `sh.helm.release.v1.${this.helmRelease}.v1`,
                namespace: this.namespace,
                labels: { owner: "helm", name: this.helmRelease },
            },
            type: "helm.sh/release.v1",
        });
    }

    private tier(tier: string, port: number) {
        const selector = { ...this.labels, "keep-component": tier };
        const isDatabase = tier === "database";
        const container = {
            name: "keep",
            image: `registry.example.com/${tier}:1.0.0`,
            ports: [{ name: "http", containerPort: port }],
            ...(isDatabase ? { volumeMounts: [{ name: "data", mountPath: "/var/lib/mysql" }] } : {}),
        };
        const volumes = [{ name: "data", persistentVolumeClaim: { claimName: `${this.fullname}-pvc` } }];
        const spec = { containers: [container], serviceAccountName: this.fullname, ...(isDatabase ? { volumes } : {}) };
        return [
            this.object("apps/v1", "Deployment", `${this.fullname}-${tier}`, {
                spec: {
                    replicas: 1,
                    selector: { matchLabels: selector },
                    template: { metadata: { labels: selector }, spec },
                },
            }),
            this.object("v1", "Service", isDatabase ? "keep-database" : `${this.fullname}-${tier}`, {
                spec: { selector, ports: [{ name: "http", port, targetPort: "http" }] },
            }),
        ];
    }

    private ingress() {
        const service = { name: `${this.fullname}-frontend`, port: { number: 3000 } };
        return this.object("networking.k8s.io/v1", "Ingress", `${this.fullname}-ingress`, {
            spec: {
                ingressClassName: "nginx",
                rules: [
                    {
                        host: "keep.localhost",
                        http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] },
                    },
                ],
            },
        });
    }

    private get labels() {
        return { "app.kubernetes.io/name": "keep", "app.kubernetes.io/instance": this.helmRelease };
    }

    private object(apiVersion: string, kind: string, name: string, rest: object) {
        const labels = { ...this.labels, "app.kubernetes.io/managed-by": "Helm" };
        return { apiVersion, kind, metadata: { name, namespace: this.namespace, labels }, ...rest };
    }
}
