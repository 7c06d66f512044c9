import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KindConfig } from "./settings";
import type { WayInArgs } from "./ingress";
import { ingressObject, segmentPath } from "./object";
import { pathRules } from "./paths";

/**
 * One Ingress of plain rules, for any controller: nothing is rewritten. The API is reached through the user interface, live
 * updates on Soketi's own path.
 */
export class GenericIngress extends pulumi.ComponentResource {
    constructor(name: string, args: WayInArgs<KindConfig<"generic">>, opts?: pulumi.ComponentResourceOptions) {
        super("keep:ingress:GenericIngress", name, {}, opts);
        const { config, endpoints } = args;

        new k8s.networking.v1.Ingress(
            name,
            ingressObject({
                ...args,
                className: config.className,
                paths: pathRules(config, endpoints).map(segmentPath),
                annotations: {},
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
