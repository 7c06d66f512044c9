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

/** Ports that Kubernetes gives to Services on nodes, by default. */
const NODE_PORT = /^3(0\d{3}|1\d{3}|2[0-6]\d{2}|27[0-5]\d|276[0-7])$/;

/**
 * The message for a port of health checks at which a tier does not answer. Where the targets are pods, the controller
 * rejects the name of a port (buildTargetGroupHealthCheckPort in pkg/ingress/model_build_target_group.go). They may be
 * nodes with the kind `generic`.
 */
export const healthPortFault: AnnotationFault = (name, value, { kind, tier = "" }) => {
    const answers =
        value === "traffic-port" ||
        value === SERVICE_PORTS[tier]?.[1] ||
        (kind === "generic" && tier !== "" && NODE_PORT.test(value));
    return name === `${ALB_PREFIX}/healthcheck-port` && !answers
        ? "would check the health at a port that a tier does not have. Remove it"
        : undefined;
};
