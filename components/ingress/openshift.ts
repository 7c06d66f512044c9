import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import { createGrant } from "../kubernetes/grant";
import { scopeOf } from "../naming";
import type { WayInArgs } from "./ingress";
import { type PathRule, pathRules } from "./paths";
import { hstsHeader } from "./site";

/**
 * One OpenShift Route a path and host; the router takes the longest path that fits, by whole segments. The router reads a
 * certificate from a Secret from OpenShift 4.19 on, if it may: hence the Role
 * (https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/ingress_and_load_balancing/configuring-routes).
 */
export class OpenshiftRoutes extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"openshift">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:OpenshiftRoutes", name, {}, opts);
        const { release, config, site, endpoints } = args;
        const permission = site.certificate === undefined ? [] : this.letRouterRead(name, args, site.certificate);
        const tls = site.encrypted
            ? {
                  termination: "edge",
                  insecureEdgeTerminationPolicy: "Redirect",
                  externalCertificate: site.certificate === undefined ? undefined : { name: site.certificate },
              }
            : undefined;

        for (const [index, host] of site.hosts.entries()) {
            for (const rule of pathRules(config, endpoints)) {
                const part = index === 0 ? rule.name : `${rule.name}-${index + 1}`;
                const scope = scopeOf(release, `openshift-${part}`);
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
                            host,
                            path: rule.prefix,
                            to: { kind: "Service", name: rule.endpoint.service, weight: 100 },
                            port: { targetPort: rule.endpoint.portName },
                            tls,
                            wildcardPolicy: "None",
                        },
                    },
                    { parent: this, dependsOn: permission },
                );
            }
        }

        this.registerOutputs({});
    }

    private letRouterRead(
        name: string,
        { release }: WayInArgs<KindConfig<"openshift">>,
        certificate: string,
    ): pulumi.Resource[] {
        const scope = scopeOf(release, "openshift-router");
        const metadata = { name: scope.name, namespace: scope.namespace, labels: scope.labels };
        return createGrant(
            `${name}-router`,
            {
                metadata,
                rules: [
                    {
                        apiGroups: [""],
                        resources: ["secrets"],
                        resourceNames: [certificate],
                        verbs: ["get", "list", "watch"],
                    },
                ],
                account: { name: "router", namespace: "openshift-ingress" },
            },
            { parent: this },
        );
    }
}

/** https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/ingress_and_load_balancing/configuring-routes#nw-route-specific-annotations_route-configuration */
function annotations(rule: PathRule, config: KindConfig<"openshift">): Record<string, string> {
    const dialect = "haproxy.router.openshift.io";
    const timeout = `${config.timeoutSeconds}s`;
    return {
        [`${dialect}/timeout`]: timeout,
        ...(rule.tier === "websocket" ? { [`${dialect}/timeout-tunnel`]: timeout } : {}),
        ...(rule.strip ? { [`${dialect}/rewrite-target`]: "/" } : {}),
        ...(config.hsts === undefined ? {} : { [`${dialect}/hsts_header`]: hstsHeader(config.hsts) }),
    };
}
