import type { IngressConfig } from "./settings";
import type { Endpoint } from "../kubernetes/workload";
import { albServiceAnnotations } from "./alb";
import { gceServiceAnnotations } from "./gce";
import type { Endpoints } from "./paths";

/** What a way in asks of the Service of a tier behind it. */
export interface ServiceNeeds {
    readonly annotations: Readonly<Record<string, string>>;
    /** Protocol of the port, for edges that must be told of websockets. */
    readonly appProtocol?: string;
}

/** What `keep:ingress.kind` asks of the Service of each tier. */
export function serviceNeeds(
    ingress: IngressConfig,
    { frontend, backend, websocket }: Endpoints,
): Readonly<Record<keyof Endpoints, ServiceNeeds | undefined>> {
    return {
        frontend: needsOf(ingress, "frontend", frontend),
        backend: needsOf(ingress, "backend", backend),
        websocket: websocket === undefined ? undefined : needsOf(ingress, "websocket", websocket),
    };
}

function needsOf(ingress: IngressConfig, tier: keyof Endpoints, endpoint: Endpoint): ServiceNeeds {
    switch (ingress.kind) {
        case "alb":
            return { annotations: albServiceAnnotations(endpoint) };
        case "gce":
            return { annotations: gceServiceAnnotations(endpoint) };
        case "gateway":
            // https://gateway-api.sigs.k8s.io/geps/gep-1911/; Google's Gateway knows other names only, and needs none.
            return tier === "websocket" && ingress.implementation === "standard"
                ? { annotations: {}, appProtocol: "kubernetes.io/ws" }
                : { annotations: {} };
        case "nginx":
        case "f5-nginx":
        case "haproxy":
        case "haproxy-ingress":
        case "traefik":
        case "openshift":
        case "generic":
        case "none":
            return { annotations: {} };
    }
}
