import type { KubernetesObject } from "../../cluster/api/client";
import { settledFindings } from "../../cluster/api/wait";
import { runningFindings } from "../../cluster/checks/running";
import type { TestCluster } from "../../cluster/connection";
import { installCrds } from "../../cluster/crds";
import type { Settings } from "../../cluster/release";
import { traefikArguments, traefikCrds, traefikImage } from "../../edge/traefik/program";
import type { Way } from "../assertions/alert";
import { traefikClasses } from "../../support/traefikClasses";

/** Namespace of the ingress controller. */
export const TRAEFIK = "traefik";

const HOSTS = { ingress: "keep.example.com", gateway: "hooks.example.com" };

/** Settings of a stack that Traefik routes to: by Ingress and Middlewares, and at another host by the Gateway API. */
export const BEHIND_TRAEFIK: Settings = {
    publicUrl: `http://${HOSTS.ingress}`,
    ingress: { kind: "traefik", className: "traefik" },
    extraIngresses: [{ hosts: [HOSTS.gateway], ingress: { kind: "gateway", className: "traefik" } }],
};

/** How requests come in by each of them. */
export const THROUGH_TRAEFIK: readonly Way[] = Object.entries(HOSTS).map(([name, host]) => ({
    name,
    api: `http://traefik.${TRAEFIK}/v2`,
    socket: `ws://traefik.${TRAEFIK}/websocket`,
    headers: { host },
}));

/** Starts Traefik, as the cluster's controller of Ingress and of the Gateway API. */
export async function startTraefik({ client }: TestCluster): Promise<void> {
    await installCrds(client);
    for (const object of [...traefikCrds(), ...objects()]) await client.apply(object);
    const findings = await settledFindings(300_000, () => runningFindings(client, objects()));
    if (findings.length > 0) throw new Error(findings.join("\n"));
}

function objects(): readonly KubernetesObject[] {
    const metadata = { name: "traefik", namespace: TRAEFIK };
    const labels = { app: "traefik" };
    const rbac = "rbac.authorization.k8s.io";
    return [
        { apiVersion: "v1", kind: "Namespace", metadata: { name: TRAEFIK } },
        ...traefikClasses,
        { apiVersion: "v1", kind: "ServiceAccount", metadata },
        {
            apiVersion: `${rbac}/v1`,
            kind: "ClusterRoleBinding",
            metadata: { name: "traefik" },
            roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "cluster-admin" },
            subjects: [{ kind: "ServiceAccount", ...metadata }],
        },
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
                        serviceAccountName: "traefik",
                        containers: [
                            {
                                name: "traefik",
                                image: traefikImage(),
                                // A listener of a Gateway finds the entry point that has its port.
                                args: traefikArguments({ http: 80, https: 443 }, ""),
                                readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 },
                            },
                        ],
                    },
                },
            },
        },
        {
            apiVersion: "v1",
            kind: "Service",
            metadata,
            spec: { selector: labels, ports: [{ name: "web", port: 80 }] },
        },
    ];
}
