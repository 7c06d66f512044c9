import { isToken } from "../tokens";

/** Controllers of Gateway API with the same properties, found by words in the names of their classes. */
interface Controllers {
    readonly words: readonly string[];
    /** They create a Service for each Gateway, and copy annotations of the Gateway to it. */
    readonly hasService: boolean;
    /** They always run the proxy in the namespace of the Gateway, with the label of {@link GATEWAY_NAME}. */
    readonly isBeside?: true;
    /** Pod Security `restricted` rejects their proxy by default. */
    readonly isUnrestricted?: true;
}

/** Label of the pods and Services of a Gateway (https://gateway-api.sigs.k8s.io/geps/gep-1762/). */
export const GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

/** The controllers whose behavior is known. Those of GKE are a setting, `implementation`. */
const CONTROLLERS: readonly Controllers[] = [
    // istio/istio#56383, and kube-gateway.yaml in manifests/charts/istio-control/istio-discovery/files.
    { words: ["istio"], hasService: true, isBeside: true, isUnrestricted: true },
    // pkg/kgateway/helm
    { words: ["agentgateway", "kgateway"], hasService: true, isBeside: true, isUnrestricted: true },
    // NGINX Gateway Fabric from 2.0 (internal/controller/provisioner/objects.go).
    { words: ["nginx", "ngf"], hasService: true, isBeside: true },
    // Contour with its provisioner (internal/provisioner/objects/dataplane/dataplane.go).
    { words: ["contour"], hasService: true, isUnrestricted: true },
    // Envoy Gateway, also as installed by Calico, and Istio as installed by OpenShift and AKS.
    { words: ["calico", "eg", "envoy", "envoygateway", "openshift", "tigera"], hasService: true },
    { words: ["cilium", "stunner"], hasService: true },
    // Azure's Application Gateway for Containers, and AWS Load Balancer Controller (pkg/gateway/gatewayutils/gateway_utils.go).
    { words: ["alb", "aws", "nlb"], hasService: false },
    // Traefik (pkg/provider/kubernetes/gateway) and HAProxy's. Kong's operator copies annotations from 2.2, its ingress
    // controller does not, so Kong is not listed.
    { words: ["haproxy", "traefik"], hasService: false },
];

/** The controllers that a class may be of, by its name. */
function controllersOf(className: string): Controllers[] {
    return CONTROLLERS.filter(({ words }) =>
        new RegExp(`(^|[^a-z])(${words.join("|")})([^a-z]|$)`, "i").test(className),
    );
}

/** Whether a Gateway has a Service, to which its controller copies annotations, as far as its class says it. */
export function copyOfGateway({
    className = "",
    implementation,
}: {
    readonly className?: string;
    readonly implementation: string;
}): "always" | "possibly" | "never" {
    if (implementation === "gke") {
        return "never";
    }
    const controllers = controllersOf(className);
    if (isToken(className) || controllers.some(({ hasService }) => hasService)) {
        return "always";
    }
    return controllers.length > 0 ? "never" : "possibly";
}

/** Whether a class always has its proxy in the namespace of the Gateway. */
export function isBesideGateway(className: string): boolean {
    return controllersOf(className).some(({ isBeside }) => isBeside);
}

/** Whether Pod Security `restricted` rejects the proxy of a class by default. */
export function isUnrestricted(className: string): boolean {
    return controllersOf(className).some((controllers) => controllers.isUnrestricted);
}
