import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { WayInArgs } from "./ingress";
import { ingressObject, type IngressPath, literal, service } from "./object";
import { type PathRule, pathRules } from "./paths";
import type { Site } from "./site";

/**
 * One Ingress for all tiers, in the dialect of the community's ingress-nginx, without snippets. Every path is a regular
 * expression with two groups, and the whole object is rewritten to the second: what a tier may see
 * (https://kubernetes.github.io/ingress-nginx/examples/rewrite/).
 */
export class NginxIngress extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"nginx">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:NginxIngress", name, {}, opts);
        const { config, site, endpoints } = args;

        new k8s.networking.v1.Ingress(
            name,
            ingressObject({
                ...args,
                className: config.className ?? "nginx",
                paths: pathRules(config, endpoints).map(path),
                annotations: annotations(config, site),
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}

/** https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
function annotations(config: KindConfig<"nginx">, { encrypted }: Site): Record<string, string> {
    const timeout = String(config.timeoutSeconds);
    return {
        "nginx.ingress.kubernetes.io/use-regex": "true",
        "nginx.ingress.kubernetes.io/rewrite-target": "/$2",
        "nginx.ingress.kubernetes.io/proxy-body-size": `${config.maxBodyMegabytes ?? 10}m`,
        "nginx.ingress.kubernetes.io/proxy-read-timeout": timeout,
        "nginx.ingress.kubernetes.io/proxy-send-timeout": timeout,
        // The controller redirects by itself only where the Ingress names a Secret.
        ...(encrypted ? { "nginx.ingress.kubernetes.io/force-ssl-redirect": "true" } : {}),
    };
}

function path({ prefix, endpoint, strip }: PathRule): IngressPath {
    const expression = literal(prefix.slice(1));
    const kept = expression === "" ? "/()(.*)" : `/()(${expression}(?:/.*|$))`;
    return {
        path: strip ? `/${expression}(/|$)(.*)` : kept,
        pathType: "ImplementationSpecific",
        backend: service(endpoint),
    };
}
