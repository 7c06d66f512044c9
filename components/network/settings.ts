import * as z from "zod";

import { choice } from "../fields/choice";
import { nameServer, peer, portedPeer } from "../fields/peer";
import { switches } from "../fields/switch";

const places = (what: string) => z.array(portedPeer).default([]).describe(what);

/** Schema of `keep:networkPolicy`. */
export const networkPolicy = z
    .strictObject({
        enabled: z.boolean().default(false).describe("allow only the connections that the pods need"),
        edge: z
            .array(peer)
            .default([])
            .describe(
                "peers that send requests from outside: the ingress controller, such as {namespace: traefik}, or the addresses of a cloud's load balancer. The pods of a Gateway that the stack creates in its own namespace are added",
            ),
        monitoring: z.array(peer).default([]).describe("peers that may read metrics, such as {namespace: monitoring}"),
        autoscaler: z
            .array(peer)
            .default([{ namespace: "keda" }])
            .describe("KEDA, which asks Redis for the length of the queue when keep:worker.queueLength is given"),
        providers: z
            .array(portedPeer)
            .optional()
            .describe("peers that providers may connect to; default: any but link-local addresses"),
        dns: z
            .array(nameServer)
            .min(1, { error: "is empty, so that pods cannot resolve names. Add a name server, or remove it" })
            .optional()
            .describe(
                "name servers; default: those of the platform, and port 53 at private addresses, where some nodes have one. With Cilium, those on nodes need cilium",
            ),
        mesh: z
            .strictObject({
                kind: choice({
                    istio: "Istio with a sidecar in each pod",
                    "istio-ambient": "Istio without sidecars",
                    kuma: "Kuma or Kong Mesh",
                    linkerd: "Linkerd",
                }).describe("the mesh"),
                controlPlane: z
                    .array(portedPeer)
                    .min(1, { error: "is empty, so that no proxy gets its configuration. Add a peer, or remove it" })
                    .optional()
                    .describe(
                        "peers to which the proxies connect; default: istiod in istio-system, or the pods of the namespace linkerd or kuma-system; Kong Mesh has kong-mesh-system",
                    ),
            })
            .optional()
            .describe("service mesh that has the pods"),
        cilium: z
            .strictObject({
                edge: z
                    .boolean()
                    .default(false)
                    .describe("allow requests from Cilium's own Ingress and Gateway, which edge cannot select"),
            })
            .optional()
            .describe(
                "create a policy of Cilium, too: for the API server, and for name servers and EKS Pod Identity on nodes, which addresses do not select there",
            ),
        destinations: z
            .strictObject({
                apiServer: places("the cluster's API server"),
                database: places("an external database"),
                redis: places("an external Redis and its Sentinels"),
                elasticsearch: places("an Elasticsearch"),
                openai: places("the API of keep:openaiApiKey"),
                websocket: places("an external websocket server"),
                identityProvider: places("the identity provider"),
                proxy: places("the proxy of keep:proxy"),
                secretStore: places("Vault, or the cloud's API for secrets"),
            })
            .prefault({})
            .describe(
                "peers for services that have a host name, which a policy cannot select; empty list: any address on the port in use, and for a Service of the cluster any pod",
            ),
    })
    .register(switches, { key: "enabled" });

/** `keep:networkPolicy`, validated and with defaults. */
export type NetworkPolicyConfig = z.infer<typeof networkPolicy>;
