import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { settledFindings, until } from "../../cluster/api/wait";
import { runningFindings } from "../../cluster/checks/running";
import type { TestCluster } from "../../cluster/connection";
import { PROGRAM_IMAGES } from "../images/store";

const metadata = { name: "metrics-server", namespace: "kube-system" };
const RBAC = "rbac.authorization.k8s.io";
const GROUP = "metrics.k8s.io";

/** Starts metrics-server, which tells autoscalers what pods use, and returns when it knows of every node. */
export async function startMetricsServer({ client }: TestCluster): Promise<void> {
    for (const object of objects()) await client.apply(object);
    const findings = await settledFindings(300_000, () => runningFindings(client, objects()));
    if (findings.length > 0) throw new Error(findings.join("\n"));
    const nodes = z.object({ items: z.array(z.unknown()).min(2) });
    await until("there are metrics of the nodes", 120_000, async () => {
        const { body } = await client.request("GET", `/apis/${GROUP}/v1beta1/nodes`);
        return nodes.safeParse(body).success;
    });
}

/** As its own manifests have it, for kubelets that sign their own certificates. */
function objects(): readonly KubernetesObject[] {
    const labels = { "k8s-app": "metrics-server" };
    const subjects = [{ kind: "ServiceAccount", ...metadata }];
    const binding = (kind: string, name: string, role: string) => ({
        apiVersion: `${RBAC}/v1`,
        kind,
        metadata: kind === "RoleBinding" ? { ...metadata, name } : { name },
        roleRef: { apiGroup: RBAC, kind: kind.replace("Binding", ""), name: role },
        subjects,
    });
    return [
        { apiVersion: "v1", kind: "ServiceAccount", metadata },
        {
            apiVersion: `${RBAC}/v1`,
            kind: "ClusterRole",
            metadata: { name: "system:metrics-server" },
            rules: [
                { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
                { apiGroups: [""], resources: ["pods", "nodes"], verbs: ["get", "list", "watch"] },
            ],
        },
        binding("ClusterRoleBinding", "system:metrics-server", "system:metrics-server"),
        binding("ClusterRoleBinding", "metrics-server:system:auth-delegator", "system:auth-delegator"),
        binding("RoleBinding", "metrics-server-auth-reader", "extension-apiserver-authentication-reader"),
        {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
                replicas: 1,
                selector: { matchLabels: labels },
                template: {
                    metadata: { labels },
                    spec: {
                        serviceAccountName: metadata.name,
                        containers: [
                            {
                                name: "metrics-server",
                                image: PROGRAM_IMAGES["metrics-server"](),
                                args: [
                                    "--secure-port=10250",
                                    "--cert-dir=/tmp",
                                    "--kubelet-insecure-tls",
                                    "--kubelet-preferred-address-types=InternalIP",
                                    // More than the ten seconds that it gives a kubelet.
                                    "--metric-resolution=15s",
                                ],
                                readinessProbe: {
                                    httpGet: { path: "/readyz", port: 10250, scheme: "HTTPS" },
                                    periodSeconds: 2,
                                },
                                volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
                            },
                        ],
                        volumes: [{ name: "tmp", emptyDir: {} }],
                    },
                },
            },
        },
        {
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: { selector: labels, ports: [{ port: 443, targetPort: 10250 }] },
        },
        {
            apiVersion: "apiregistration.k8s.io/v1",
            kind: "APIService",
            metadata: { name: `v1beta1.${GROUP}` },
            spec: {
                service: metadata,
                group: GROUP,
                version: "v1beta1",
                insecureSkipTLSVerify: true,
                groupPriorityMinimum: 100,
                versionPriority: 100,
            },
        },
    ];
}
