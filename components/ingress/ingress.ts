import type * as pulumi from "@pulumi/pulumi";

import type { IngressConfig } from "../config/ingress";
import type { Release } from "../naming";
import { NginxIngress } from "./nginx";
import { OpenshiftRoutes } from "./openshift";
import type { Endpoints } from "./paths";

/** What every way in is made from: one class a kind, all with these arguments. */
export interface IngressArgs<C extends IngressConfig = IngressConfig> {
    readonly release: Release;
    readonly config: C;
    /** `keep:publicUrl`. */
    readonly publicUrl: string;
    /** The tiers behind it. */
    readonly endpoints: Endpoints;
}

/** Makes the way in that `keep:ingress.kind` names; undefined for `none`. A kind without a case does not compile. */
export function createIngress(
    name: string,
    { config, ...args }: IngressArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.ComponentResource | undefined {
    switch (config.kind) {
        case "nginx":
            return new NginxIngress(name, { config, ...args }, opts);
        case "openshift":
            return new OpenshiftRoutes(name, { config, ...args }, opts);
        case "none":
            return undefined;
    }
}
