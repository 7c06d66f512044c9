import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { IngressConfig, TlsConfig } from "../config/ingress";
import { scopeOf } from "../naming";
import type { IngressArgs } from "./ingress";
import { type PathRule, pathRules } from "./paths";

type NginxConfig = Extract<IngressConfig, { kind: "nginx" }>;

/**
 * One Ingress for all tiers, in the dialect of the community's ingress-nginx, without snippets. Every path is a regular
 * expression with two groups, and the whole object is rewritten to the second: what a tier may see
 * (https://kubernetes.github.io/ingress-nginx/examples/rewrite/).
 */
export class NginxIngress extends pulumi.ComponentResource {
    constructor(name: string, args: IngressArgs<NginxConfig>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:NginxIngress", name, {}, opts);
        const { release, config, endpoints } = args;
        const scope = scopeOf(release, "ingress");
        const { hostname } = new URL(args.publicUrl);

        new k8s.networking.v1.Ingress(
            name,
            {
                metadata: {
                    name: scope.name,
                    namespace: scope.namespace,
                    labels: scope.labels,
                    annotations: annotations(config),
                },
                spec: {
                    ingressClassName: config.className ?? "nginx",
                    rules: [{ host: hostname, http: { paths: pathRules(config, endpoints).map(path) } }],
                    tls: certificate(config.tls, hostname, `${scope.name}-tls`),
                },
            },
            { parent: this },
        );

        this.registerOutputs({});
    }
}

function annotations(config: NginxConfig): Record<string, string> {
    const timeout = String(config.timeoutSeconds);
    return {
        "nginx.ingress.kubernetes.io/use-regex": "true",
        "nginx.ingress.kubernetes.io/rewrite-target": "/$2",
        "nginx.ingress.kubernetes.io/proxy-body-size": "10m",
        "nginx.ingress.kubernetes.io/proxy-read-timeout": timeout,
        "nginx.ingress.kubernetes.io/proxy-send-timeout": timeout,
        ...issuerAnnotations(config.tls),
        ...(config.await ? {} : { "pulumi.com/skipAwait": "true" }),
        ...config.annotations,
    };
}

/** How cert-manager is asked for a certificate (https://cert-manager.io/docs/usage/ingress/). */
function issuerAnnotations(tls: TlsConfig | undefined): Record<string, string> {
    return {
        ...(tls?.issuer === undefined ? {} : { "cert-manager.io/issuer": tls.issuer }),
        ...(tls?.clusterIssuer === undefined ? {} : { "cert-manager.io/cluster-issuer": tls.clusterIssuer }),
    };
}

function certificate(
    tls: TlsConfig | undefined,
    host: string,
    name: string,
): k8s.types.input.networking.v1.IngressTLS[] | undefined {
    if (tls === undefined || tls.terminatedOutside) {
        return undefined;
    }
    return [tls.defaultCertificate ? { hosts: [host] } : { hosts: [host], secretName: tls.secretName ?? name }];
}

function path({ prefix, endpoint, strip }: PathRule): k8s.types.input.networking.v1.HTTPIngressPath {
    const literal = prefix.slice(1).replaceAll(".", "\\.");
    const kept = literal === "" ? "/()(.*)" : `/()(${literal}(?:/.*|$))`;
    return {
        path: strip ? `/${literal}(/|$)(.*)` : kept,
        pathType: "ImplementationSpecific",
        backend: { service: { name: endpoint.service, port: { name: endpoint.portName } } },
    };
}
