import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { Endpoint } from "../kubernetes/workload";
import type { WayInArgs } from "./ingress";
import { ingressObject, literal, segmentPath } from "./object";
import { type PathRule, pathRules } from "./paths";
import { hstsHeader, type Site } from "./site";

const DIALECT = "alb.ingress.kubernetes.io";

/**
 * One Ingress for the AWS Load Balancer Controller: the load balancer sends to pods directly, and rewrites by Service
 * (transforms, since 2.14.1; https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/).
 */
export class AlbIngress extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"alb">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:AlbIngress", name, {}, opts);
        const { config, site, endpoints } = args;
        const rules = pathRules(config, endpoints);

        new k8s.networking.v1.Ingress(
            name,
            ingressObject({
                ...args,
                className: config.className ?? "alb",
                paths: rules.map(segmentPath),
                annotations: { ...loadBalancer(config, site), ...transforms(rules) },
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}

/** What the load balancer must know of a tier's Service: where a healthy pod answers 200. */
export function albServiceAnnotations({ healthPath }: Endpoint): Record<string, string> {
    return { [`${DIALECT}/healthcheck-path`]: healthPath, [`${DIALECT}/success-codes`]: "200" };
}

function loadBalancer(config: KindConfig<"alb">, { encrypted }: Site): Record<string, string> {
    const { certificateArn, hsts, scheme, timeoutSeconds } = config;
    const listener = encrypted ? "HTTPS-443" : "HTTP-80";
    return {
        [`${DIALECT}/scheme`]: scheme,
        [`${DIALECT}/target-type`]: "ip",
        [`${DIALECT}/load-balancer-attributes`]: `idle_timeout.timeout_seconds=${timeoutSeconds}`,
        [`${DIALECT}/listen-ports`]: JSON.stringify(encrypted ? [{ HTTP: 80 }, { HTTPS: 443 }] : [{ HTTP: 80 }]),
        ...(encrypted ? { [`${DIALECT}/ssl-redirect`]: "443" } : {}),
        ...(certificateArn === undefined ? {} : { [`${DIALECT}/certificate-arn`]: certificateArn }),
        ...(hsts === undefined
            ? {}
            : {
                  [`${DIALECT}/listener-attributes.${listener}`]: `routing.http.response.strict_transport_security.header_value=${hstsHeader(hsts)}`,
              }),
    };
}

function transforms(rules: readonly PathRule[]): Record<string, string> {
    return Object.fromEntries(
        rules
            .filter(({ strip }) => strip)
            .map(({ prefix, endpoint }) => {
                const rewrites = [{ regex: `^${literal(prefix)}/?(.*)$`, replace: "/$1" }];
                const transform = [{ type: "url-rewrite", urlRewriteConfig: { rewrites } }];
                return [`${DIALECT}/transforms.${endpoint.service}`, JSON.stringify(transform)];
            }),
    );
}
