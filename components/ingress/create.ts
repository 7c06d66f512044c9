import * as pulumi from "@pulumi/pulumi";

import type { EdgeConfig } from "./settings";
import { AlbIngress } from "./alb";
import { createCertificate } from "./certificate";
import { F5NginxIngress } from "./f5Nginx";
import { GatewayRoutes } from "./gateway";
import { GceIngress } from "./gce";
import { GenericIngress } from "./generic";
import { HaproxyIngress } from "./haproxy";
import { HaproxyIngressIngress } from "./haproxyIngress";
import type { IngressArgs, WayInArgs } from "./ingress";
import { NginxIngress } from "./nginx";
import { OpenshiftRoutes } from "./openshift";
import { siteOf } from "./site";
import { TraefikIngress } from "./traefik";

/** Makes the way in that `keep:ingress.kind` names, and its certificate; undefined for `none`. */
export function createIngress(
    name: string,
    args: IngressArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.ComponentResource | undefined {
    const { release, config, publicUrl, endpoints } = args;
    if (config.kind === "none") {
        void pulumi.log.info(portForwards(args));
        return undefined;
    }
    const site = siteOf(publicUrl, config, release);
    createCertificate(`${name}-certificate`, { release, config, site }, opts);
    return createKind(name, config, { release, endpoints, site }, opts);
}

/** A kind without a case does not compile. */
function createKind(
    name: string,
    config: EdgeConfig,
    args: Omit<WayInArgs, "config">,
    opts: pulumi.ComponentResourceOptions,
): pulumi.ComponentResource {
    switch (config.kind) {
        case "nginx":
            return new NginxIngress(name, { ...args, config }, opts);
        case "f5-nginx":
            return new F5NginxIngress(name, { ...args, config }, opts);
        case "haproxy":
            return new HaproxyIngress(name, { ...args, config }, opts);
        case "haproxy-ingress":
            return new HaproxyIngressIngress(name, { ...args, config }, opts);
        case "traefik":
            return new TraefikIngress(name, { ...args, config }, opts);
        case "gateway":
            return new GatewayRoutes(name, { ...args, config }, opts);
        case "openshift":
            return new OpenshiftRoutes(name, { ...args, config }, opts);
        case "alb":
            return new AlbIngress(name, { ...args, config }, opts);
        case "gce":
            return new GceIngress(name, { ...args, config }, opts);
        case "generic":
            return new GenericIngress(name, { ...args, config }, opts);
    }
}

/** The commands that stand in for a way in. */
function portForwards({ release, publicUrl, endpoints }: IngressArgs): string {
    const { port } = new URL(publicUrl);
    const forward = (service: string, ports: string) =>
        `  kubectl --namespace ${release.namespace} port-forward service/${service} ${ports}`;
    const { frontend, websocket } = endpoints;
    return [
        `There is no way in from outside (keep:ingress.kind is none). To open ${publicUrl}, run:`,
        forward(frontend.service, `${port === "" ? "80" : port}:${frontend.port}`),
        ...(websocket === undefined ? [] : [forward(websocket.service, `${websocket.port}:${websocket.port}`)]),
    ].join("\n");
}
