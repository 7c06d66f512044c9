import { releaseOf } from "../../components/naming";
import { Keep } from "../../components/keep";
import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { preflight } from "../../tools/verify/preflight";
import { type Cluster, type ClusterObject, MissingRight } from "../../tools/verify/preflight/cluster";
import { minimal, type Written } from "../support/config";
import { deploy } from "../support/harness";

/** A cluster in memory: what it has, and no rule of a real one. test/cluster/preflight.test.ts asks a real API server. */
export class MemoryCluster implements Cluster {
    gitVersion = "v1.36.0";
    readonly unknownKinds = new Set<string>();
    readonly forbidden = new Set<string>();
    rejected: string | undefined;
    /** Status of each pod that is created, by what its name begins with. */
    readonly statuses: Record<string, object> = {};
    readonly created: ClusterObject[] = [];
    readonly deleted: string[] = [];

    constructor(readonly objects: Record<string, ClusterObject>) {}

    version = () => Promise.resolve(this.gitVersion);
    serves = (_apiVersion: string, kind: string) => Promise.resolve(!this.unknownKinds.has(kind));
    rejection = () => Promise.resolve(this.rejected);

    create(object: ClusterObject): Promise<ClusterObject> {
        this.created.push(object);
        return Promise.resolve({ ...object, metadata: { ...object.metadata, uid: "1" } });
    }

    delete(_apiVersion: string, kind: string, name: string): Promise<void> {
        this.deleted.push(`${kind} ${name}`);
        return Promise.resolve();
    }

    get(_apiVersion: string, kind: string, name: string, namespace?: string): Promise<ClusterObject | undefined> {
        if (kind === "Pod") {
            const [, status] = Object.entries(this.statuses).find(([start]) => name.startsWith(start)) ?? [];
            return Promise.resolve({ status });
        }
        return this.forbidden.has(kind)
            ? Promise.reject(new MissingRight("get", kind, namespace))
            : Promise.resolve(this.objects[`${kind} ${name}`]);
    }

    list(_apiVersion: string, kind: string): Promise<ClusterObject[]> {
        return Promise.resolve(
            Object.entries(this.objects).flatMap(([name, object]) => (name.startsWith(`${kind} `) ? [object] : [])),
        );
    }
}

const STACK = {
    publicUrl: "https://keep.example.com",
    ingress: { kind: "nginx", tls: { clusterIssuer: "letsencrypt" } },
    namespace: { name: "alerting", create: false },
    monitoring: { enabled: true },
    existingSecrets: { openaiApiKey: { name: "openai", key: "api-key" } },
    images: { pullSecrets: ["registry"] },
    pods: { priorityClassName: "important" },
};

/** A proxy in each pod, with which a stack may name this machine as the host of its database. */
export const besideProxy = {
    namespace: { podSecurity: "baseline" },
    backend: { initContainers: [{ name: "proxy", image: "registry.example.com/proxy:1", restartPolicy: "Always" }] },
};

/** A cluster that has what STACK needs. */
export function complete(): MemoryCluster {
    const isDefault = { "storageclass.kubernetes.io/is-default-class": "true" };
    return new MemoryCluster({
        "IngressClass nginx": {},
        "ClusterIssuer letsencrypt": {},
        "PriorityClass important": {},
        "Namespace alerting": {},
        "Secret openai": { data: { "api-key": "eA==" } },
        "Secret registry": { data: { ".dockerconfigjson": "eA==" } },
        "StorageClass standard": { metadata: { name: "standard", annotations: isDefault } },
        "ResourceQuota team": { metadata: { name: "team" }, spec: { hard: { pods: "50", "requests.cpu": "20" } } },
    });
}

/** What the preflight of STACK, with more settings, says of a cluster. */
export async function report(cluster: Cluster, more: Written = {}, pods?: { timeout: number; interval: number }) {
    const stack = minimal({ ...STACK, ...more });
    const { resources } = await deploy(() => new Keep("keep", loadConfig()), stack);
    const { result: config } = await deploy(() => resolve(loadConfig()), stack);
    const { lines, failures } = await preflight(
        cluster,
        { release: releaseOf(config), config, kubernetes: new Map() },
        resources,
        pods,
    );
    return { failures, text: lines.join("\n"), failed: lines.filter((line) => line.startsWith("✗")) };
}
