import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { WayInArgs } from "./ingress";
import { ingressObject, literalPaths } from "./object";
import { type PathRule, pathRules } from "./paths";

/**
 * One Ingress for all tiers, in the dialect of F5's NGINX Ingress Controller, which takes a host from one Ingress only. It
 * rewrites by Service, and opens websockets by Service
 * (https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/).
 */
export class F5NginxIngress extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"f5-nginx">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:F5NginxIngress", name, {}, opts);
        const { config, endpoints } = args;
        const rules = pathRules(config, endpoints);

        new k8s.networking.v1.Ingress(
            name,
            ingressObject({
                ...args,
                className: config.className ?? "nginx",
                paths: rules.flatMap(literalPaths),
                annotations: annotations(config, rules),
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}

function annotations(config: KindConfig<"f5-nginx">, rules: readonly PathRule[]): Record<string, string> {
    const { hsts, maxBodyMegabytes, timeoutSeconds } = config;
    const stripped = rules.filter(({ strip }) => strip);
    const websocket = rules.find(({ tier }) => tier === "websocket");
    return {
        "nginx.org/rewrites": stripped.map(({ endpoint }) => `serviceName=${endpoint.service} rewrite=/`).join(";"),
        ...(websocket === undefined ? {} : { "nginx.org/websocket-services": websocket.endpoint.service }),
        "nginx.org/client-max-body-size": `${maxBodyMegabytes ?? 10}m`,
        "nginx.org/proxy-read-timeout": `${timeoutSeconds}s`,
        "nginx.org/proxy-send-timeout": `${timeoutSeconds}s`,
        ...(hsts === undefined
            ? {}
            : {
                  "nginx.org/hsts": "true",
                  "nginx.org/hsts-max-age": String(hsts.maxAgeSeconds),
                  "nginx.org/hsts-include-subdomains": String(hsts.includeSubdomains),
                  ...(config.tls?.terminatedOutside === true ? { "nginx.org/hsts-behind-proxy": "true" } : {}),
              }),
    };
}
