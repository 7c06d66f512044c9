import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { IngressConfig } from "../config/ingress";
import { scopeOf } from "../naming";
import type { IngressArgs } from "./ingress";
import { type PathRule, pathRules } from "./paths";

type OpenshiftConfig = Extract<IngressConfig, { kind: "openshift" }>;

/** One OpenShift Route a path, all on one host; the router takes the longest path that fits. */
export class OpenshiftRoutes extends pulumi.ComponentResource {
    constructor(name: string, args: IngressArgs<OpenshiftConfig>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:OpenshiftRoutes", name, {}, opts);
        const { release, config, endpoints } = args;
        const { hostname, protocol } = new URL(args.publicUrl);

        for (const rule of pathRules(config, endpoints)) {
            const part = rule.prefix === `${config.backendPrefix}/metrics` ? "no-metrics" : rule.tier;
            const scope = scopeOf(release, part);
            new k8s.apiextensions.CustomResource(
                `${name}-${part}`,
                {
                    apiVersion: "route.openshift.io/v1",
                    kind: "Route",
                    metadata: {
                        name: scope.name,
                        namespace: scope.namespace,
                        labels: scope.labels,
                        annotations: { ...annotations(rule, config), ...config.annotations },
                    },
                    spec: {
                        host: hostname,
                        path: rule.prefix,
                        to: { kind: "Service", name: rule.endpoint.service, weight: 100 },
                        port: { targetPort: rule.endpoint.portName },
                        tls:
                            protocol === "https:" && config.tls?.terminatedOutside !== true
                                ? { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" }
                                : undefined,
                        wildcardPolicy: "None",
                    },
                },
                { parent: this },
            );
        }

        this.registerOutputs({});
    }
}

/** https://docs.openshift.com/container-platform/latest/networking/routes/route-configuration.html */
function annotations(rule: PathRule, config: OpenshiftConfig): Record<string, string> {
    const timeout = `${config.timeoutSeconds}s`;
    return {
        "haproxy.router.openshift.io/timeout": timeout,
        ...(rule.tier === "websocket" ? { "haproxy.router.openshift.io/timeout-tunnel": timeout } : {}),
        ...(rule.strip ? { "haproxy.router.openshift.io/rewrite-target": "/" } : {}),
    };
}
