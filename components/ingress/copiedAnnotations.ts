import { hasLater } from "../tokens";
import { copyOfGateway } from "./gatewayControllers";
import type { ExposedConfig } from "./settings";

/**
 * Annotations that Cilium copies from an Ingress of its class to the Service of its load balancer
 * (IngressLBAnnotationPrefixes in operator/pkg/ingress/cell.go of cilium/cilium).
 */
const OF_CILIUM = /^(lbipam\.cilium\.io|service\.beta\.kubernetes\.io|service\.kubernetes\.io|cloud\.google\.com)\//;

/** Whether Cilium gives an Ingress a load balancer of its own, to which it copies annotations. */
const CILIUM_MODE = "ingress.cilium.io/loadbalancer-mode";

/** Whether the controller copies an annotation to the Service of a load balancer, which only some controllers have. */
export function copyOf(config: ExposedConfig, name: string, ofTier: boolean): "always" | "possibly" | "never" {
    if (config.kind === "gateway" && config.className !== undefined && !ofTier) {
        return copyOfGateway(config);
    }
    // Cilium's class has a fixed name, and may be the default of the cluster.
    if (config.kind !== "generic" || config.annotations[CILIUM_MODE] === "shared" || !OF_CILIUM.test(name)) {
        return "never";
    }
    const { className } = config;
    return className === "cilium" ? "always" : className === undefined || hasLater(className) ? "possibly" : "never";
}
