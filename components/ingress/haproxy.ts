import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { WayInArgs } from "./ingress";
import { byRewriting, ingressObject, literal, segmentPath } from "./object";
import { type PathRule, pathRules } from "./paths";
import { hstsHeader, type Site } from "./site";

/**
 * An Ingress a tier and way of rewriting, in the dialect of HAProxy Technologies' controller: its path-rewrite applies to a whole Ingress, and two
 * rewrites in one would both run (https://www.haproxy.com/documentation/kubernetes-ingress/ingress-configuration-reference/).
 */
export class HaproxyIngress extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"haproxy">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:HaproxyIngress", name, {}, opts);
        const { config, site, endpoints } = args;

        for (const { part, rules } of byRewriting(pathRules(config, endpoints))) {
            new k8s.networking.v1.Ingress(
                `${name}-${part}`,
                ingressObject({
                    ...args,
                    part,
                    className: config.className ?? "haproxy",
                    paths: rules.map(segmentPath),
                    annotations: annotations(config, site, rules),
                }),
                { parent: this },
            );
        }

        this.registerOutputs({});
    }
}

function annotations(
    { hsts, timeoutSeconds }: KindConfig<"haproxy">,
    { encrypted }: Site,
    rules: readonly PathRule[],
): Record<string, string> {
    const stripped = rules.find(({ strip }) => strip);
    return {
        // Read from an Ingress since the controller's 1.11. An open websocket lives by timeout-tunnel, an hour, which only its
        // ConfigMap can change.
        "haproxy.org/timeout-server": `${timeoutSeconds}s`,
        ...(stripped === undefined ? {} : { "haproxy.org/path-rewrite": `^${literal(stripped.prefix)}/?(.*)$ /\\1` }),
        ...(hsts === undefined
            ? {}
            : { "haproxy.org/response-set-header": `Strict-Transport-Security "${hstsHeader(hsts)}"` }),
        // The port as browsers see it; the controller would say 8443.
        ...(encrypted ? { "haproxy.org/ssl-redirect": "true", "haproxy.org/ssl-redirect-port": "443" } : {}),
    };
}
