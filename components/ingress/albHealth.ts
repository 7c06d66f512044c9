import type { Endpoint } from "../kubernetes/workload";
import { ALB_PREFIX } from "./annotationNames/alb";
import type { AnnotationFault } from "./protocols";
import { SERVICE_PORTS } from "./servicePorts";

/**
 * Annotations of the Service of a tier, by which AWS Load Balancer Controller checks its health. By default, it expects 200 at `/`
 * (pkg/ingress/model_builder.go of kubernetes-sigs/aws-load-balancer-controller), where no tier answers so. Those of a Service win over those
 * of the Ingress.
 * @param own annotations of the tier, whose values take precedence
 */
export function healthAnnotations(
    { healthPath }: Endpoint,
    own: Readonly<Record<string, string>> = {},
): Record<string, string> {
    const defaults = { [`${ALB_PREFIX}/healthcheck-path`]: healthPath, [`${ALB_PREFIX}/success-codes`]: "200" };
    return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, own[name] ?? value]));
}

/** The message for a port of health checks at which a tier does not answer. */
export const healthPortFault: AnnotationFault = (name, value, { tier = "" }) => {
    const ports = ["traffic-port", ...(SERVICE_PORTS[tier] ?? [])];
    return name === `${ALB_PREFIX}/healthcheck-port` && !ports.includes(value)
        ? "would check the health at a port that a tier does not have. Remove it"
        : undefined;
};
