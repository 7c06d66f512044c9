import { issue, type Issue } from "../fields/issue";
import { isToken } from "../tokens";
import type { SharedConfig } from "./fields";
import { copyOfGateway } from "./gatewayControllers";

/** What the functions here read of the kind `gateway`. */
interface GatewaySettings extends Pick<SharedConfig, "annotations" | "tierAnnotations"> {
    readonly className?: string;
    readonly implementation: string;
}

/** Maximum numbers of entries in `infrastructure`, and the length of a value (Gateway in Gateway API's CRDs). */
const MOST_LABELS = 8;
const MOST_ANNOTATIONS = 16;
const LONGEST_VALUE = 4096;

/** Usual names of classes of implementations other than Kong. */
const NOT_KONG = /^(azure-alb|cilium|contour|eg$|envoy|gke-|istio|nginx|traefik)/;

/** Whether a Gateway may have a Service, to which its controller copies annotations. */
export function hasService(config: GatewaySettings): boolean {
    return copyOfGateway(config) !== "never";
}

/**
 * What an implementation copies to the Service and the pods of a Gateway that the stack creates. Envoy Gateway
 * (internal/gatewayapi/translator.go), NGINX Gateway Fabric (internal/controller/provisioner/objects.go) and Cilium read
 * this alone. Istio otherwise copies all labels of the Gateway (deploymentcontroller.go in pilot), by which the network
 * policies of the release would select the pods of its proxy.
 */
export function infrastructureOf(config: GatewaySettings, labels: Readonly<Record<string, string>>) {
    const { annotations } = config;
    return hasService(config)
        ? {
              annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
              labels: Object.fromEntries(Object.entries(labels).slice(0, MOST_LABELS)),
          }
        : undefined;
}

/** Issues of annotations of a Gateway that the API server rejects, or that its implementation does not read. */
export function gatewayAnnotationIssues(config: GatewaySettings): (Issue | false)[] {
    const { annotations, className, tierAnnotations } = config;
    if (className === undefined) {
        return [];
    }
    const names = Object.keys(annotations);
    const all = [
        { path: ["annotations"], values: annotations },
        ...Object.entries(tierAnnotations).map(([tier, values]) => ({ path: ["tierAnnotations", tier], values })),
    ];
    return [
        hasService(config) &&
            names.length > MOST_ANNOTATIONS &&
            issue(
                "ingress.annotations",
                `has ${names.length} entries, and a Gateway passes at most ${MOST_ANNOTATIONS} on to its Service. Move those for routes to keep:ingress.tierAnnotations`,
            ),
        ...names
            .filter((name) => hasService(config) && (annotations[name] ?? "").length > LONGEST_VALUE)
            .map((name) =>
                issue(
                    ["ingress", "annotations", name],
                    `has more than ${LONGEST_VALUE} characters, the maximum in a Gateway. Move it to keep:ingress.tierAnnotations of each tier`,
                ),
            ),
        ...all.flatMap(({ path, values }) =>
            Object.keys(values)
                .filter((name) => name.startsWith("konghq.com/") && !isToken(className) && NOT_KONG.test(className))
                .map((name) =>
                    issue(
                        ["ingress", ...path, name],
                        `is only read by Kong's controller, so it has no effect with keep:ingress.className (${className}). Remove it, and use a policy of your implementation`,
                        { value: values[name] },
                    ),
                ),
        ),
    ];
}
