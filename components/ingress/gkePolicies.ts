import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { EdgeConfig } from "./settings";
import type { Endpoint } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import type { Endpoints } from "./paths";

/** What the policies are made from. */
export interface GkePoliciesArgs {
    readonly release: Release;
    readonly config: EdgeConfig;
    readonly endpoints: Endpoints;
}

/**
 * What a GKE Gateway learns from policies on the Services instead of from its routes: health checks and time limits
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources).
 */
export class GkePolicies extends pulumi.ComponentResource {
    constructor(name: string, { release, config, endpoints }: GkePoliciesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:GkePolicies", name, {}, opts);
        const { namespace, labels } = scopeOf(release, "gateway");
        const policy = (kind: string, { service }: Endpoint, settings: object) =>
            new k8s.apiextensions.CustomResource(
                `${name}-${kind.toLowerCase()}-${service}`,
                {
                    apiVersion: "networking.gke.io/v1",
                    kind,
                    metadata: { name: service, namespace, labels },
                    spec: { default: settings, targetRef: { group: "", kind: "Service", name: service } },
                },
                { parent: this },
            );

        for (const endpoint of [endpoints.frontend, endpoints.backend, endpoints.websocket]) {
            if (endpoint !== undefined) {
                policy("HealthCheckPolicy", endpoint, {
                    checkIntervalSec: 15,
                    timeoutSec: 5,
                    healthyThreshold: 1,
                    unhealthyThreshold: 3,
                    config: { type: "HTTP", httpHealthCheck: { requestPath: endpoint.healthPath } },
                });
                policy("GCPBackendPolicy", endpoint, { timeoutSec: config.timeoutSeconds });
            }
        }

        this.registerOutputs({});
    }
}
