import type { KubernetesObject } from "../../cluster/api/client";
import { FIRST_FAMILY } from "./node";

const NAMESPACE = "kube-system";
const LABELS = { "k8s-app": "kube-dns" };

/**
 * The cluster's DNS server, as kubeadm has it: CoreDNS behind the Service kube-dns.
 * @param targetPort port of its pods that the Service leads to, and policies must name; 5353 on OpenShift
 */
export function namesObjects(targetPort: 53 | 5353 = 53): readonly KubernetesObject[] {
    const metadata = { name: "coredns", namespace: NAMESPACE };
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", metadata: { name: "coredns" } };
    return [
        { apiVersion: "v1", kind: "ServiceAccount", metadata },
        {
            ...role,
            kind: "ClusterRole",
            rules: [
                { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs: ["list", "watch"] },
                { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
            ],
        },
        {
            ...role,
            kind: "ClusterRoleBinding",
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "coredns" },
            subjects: [{ kind: "ServiceAccount", ...metadata }],
        },
        { apiVersion: "v1", kind: "ConfigMap", metadata, data: { Corefile: COREFILE } },
        {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
                replicas: 1,
                selector: { matchLabels: LABELS },
                template: {
                    metadata: { labels: LABELS },
                    spec: {
                        serviceAccountName: "coredns",
                        // Where the control plane would run it: on a node that a test may drain, names must go on.
                        nodeSelector: { "kubernetes.io/hostname": "node-1" },
                        tolerations: [{ operator: "Exists" }],
                        containers: [
                            {
                                name: "coredns",
                                image: "docker.io/local/coredns:1",
                                args: ["-conf", "/etc/coredns/Corefile"],
                                readinessProbe: { httpGet: { path: "/ready", port: 8181 }, periodSeconds: 1 },
                                volumeMounts: [{ name: "config", mountPath: "/etc/coredns" }],
                            },
                        ],
                        volumes: [{ name: "config", configMap: { name: "coredns" } }],
                    },
                },
            },
        },
        {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "kube-dns", namespace: NAMESPACE },
            spec: {
                clusterIP: FIRST_FAMILY.dns,
                selector: LABELS,
                ports: [
                    { name: "dns", port: 53, targetPort, protocol: "UDP" },
                    { name: "dns-tcp", port: 53, targetPort, protocol: "TCP" },
                ],
            },
        },
    ];
}

const COREFILE = `.:53 .:5353 {
    errors
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa
    cache 5
}
`;
