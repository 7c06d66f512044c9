import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { WayInArgs } from "./ingress";
import { byRewriting, ingressObject, segmentPath } from "./object";
import { type PathRule, pathRules } from "./paths";

const DIALECT = "haproxy-ingress.github.io";

/**
 * An Ingress a tier and way of rewriting, in the dialect of the community's HAProxy Ingress: rewrite-target applies to every path of an Ingress
 * (https://haproxy-ingress.github.io/docs/configuration/keys/#rewrite-target).
 */
export class HaproxyIngressIngress extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"haproxy-ingress">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:HaproxyIngressIngress", name, {}, opts);
        const { config, endpoints } = args;

        for (const { part, rules } of byRewriting(pathRules(config, endpoints))) {
            new k8s.networking.v1.Ingress(
                `${name}-${part}`,
                ingressObject({
                    ...args,
                    part,
                    className: config.className ?? "haproxy",
                    paths: rules.map(segmentPath),
                    annotations: annotations(config, rules),
                }),
                { parent: this },
            );
        }

        this.registerOutputs({});
    }
}

function annotations(
    { hsts, maxBodyMegabytes, timeoutSeconds }: KindConfig<"haproxy-ingress">,
    rules: readonly PathRule[],
): Record<string, string> {
    return {
        [`${DIALECT}/timeout-server`]: `${timeoutSeconds}s`,
        [`${DIALECT}/timeout-tunnel`]: `${timeoutSeconds}s`,
        ...(rules.some(({ strip }) => strip) ? { [`${DIALECT}/rewrite-target`]: "/" } : {}),
        ...(maxBodyMegabytes === undefined ? {} : { [`${DIALECT}/proxy-body-size`]: `${maxBodyMegabytes}m` }),
        // Without these lines the controller sends its own header, of half a year.
        ...(hsts === undefined
            ? {}
            : {
                  [`${DIALECT}/hsts`]: "true",
                  [`${DIALECT}/hsts-max-age`]: String(hsts.maxAgeSeconds),
                  [`${DIALECT}/hsts-include-subdomains`]: String(hsts.includeSubdomains),
                  [`${DIALECT}/hsts-preload`]: String(hsts.preload),
              }),
    };
}
