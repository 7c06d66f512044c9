import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Keep } from "keep-on-pulumi";

const config = new pulumi.Config();
const hostname = config.require("hostname");
const email = config.require("email");

/** A chart in a namespace of its own. */
function chart(name: string, version: string, repo: string, values: pulumi.Inputs = {}): kubernetes.helm.v3.Release {
    return new kubernetes.helm.v3.Release(name, {
        name,
        chart: name,
        version,
        repositoryOpts: { repo },
        namespace: `${name}-system`,
        createNamespace: true,
        values,
    });
}

const longhorn = chart("longhorn", "1.12.1", "https://charts.longhorn.io");
const cloudNativePg = chart("cloudnative-pg", "0.29.0", "https://cloudnative-pg.github.io/charts");
const certManager = chart("cert-manager", "v1.21.1", "https://charts.jetstack.io", { crds: { enabled: true } });
// On the ports 80 and 443 of each node, since no load balancer is in front of them.
const traefik = chart("traefik", "41.3.0", "https://traefik.github.io/charts", {
    deployment: { kind: "DaemonSet" },
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    ports: { web: { hostPort: 80 }, websecure: { hostPort: 443 } },
    service: { enabled: false },
});

const issuer = new kubernetes.apiextensions.CustomResource(
    "letsencrypt",
    {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: "letsencrypt" },
        spec: {
            acme: {
                server: "https://acme-v02.api.letsencrypt.org/directory",
                email,
                privateKeySecretRef: { name: "letsencrypt" },
                solvers: [{ http01: { ingress: { ingressClassName: "traefik" } } }],
            },
        },
    },
    { dependsOn: certManager },
);

// PostgreSQL replicates its data itself: each server needs one copy, on the disk of its own node.
const storageClass = new kubernetes.storage.v1.StorageClass(
    "single-replica",
    {
        metadata: { name: "longhorn-single-replica" },
        provisioner: "driver.longhorn.io",
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
        parameters: { numberOfReplicas: "1", dataLocality: "strict-local" },
    },
    { dependsOn: longhorn },
).metadata.name;

const keep = new Keep(
    "keep",
    {
        publicUrl: `https://${hostname}`,
        size: "medium",
        ingress: { kind: "traefik", tls: { clusterIssuer: issuer.metadata.name } },
        database: { kind: "cloudnativepg", instances: 3, volume: { size: "50Gi", storageClass } },
        redis: { kind: "bundled", volume: { size: "4Gi", storageClass: "longhorn" } },
        backup: { kind: "volume", volume: { size: "50Gi", storageClass: "longhorn" } },
        networkPolicy: { enabled: true, edge: [{ namespace: "traefik-system" }] },
    },
    { dependsOn: [cloudNativePg, traefik] },
);

/** Where people open Keep. */
export const address = keep.urls.frontend;

/** The first user, with the generated password. */
export const firstUser = keep.firstUser;
