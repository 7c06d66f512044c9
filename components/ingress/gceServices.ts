import * as z from "zod";

import { oneOf } from "../fields/vocabulary";
import { parsedJson } from "./json";
import { type AnnotationPlace, otherProtocol } from "./protocols";
import { SERVICE_PORTS } from "./servicePorts";

/** The message for an annotation of a Service that has no effect, or by which the load balancer would not reach its pods. */
export function serviceFault(
    name: string,
    value: string,
    { hasHsts, isOfGke, onService, serviceType = "ClusterIP", tier = "" }: AnnotationPlace,
): string | undefined {
    const ports = SERVICE_PORTS[tier] ?? [];
    if (name === "beta.cloud.google.com/backend-config") {
        return "has no effect beside cloud.google.com/backend-config, which the program sets and GKE prefers. Use that name";
    }
    if (name === "cloud.google.com/backend-config") {
        // Browsers apply the header of the user interface to live updates, which have the same host.
        return backendConfigFault(value, ports) ?? (hasHsts && tier !== "websocket" ? NO_HSTS : undefined);
    }
    if (name.endsWith("/app-protocols") && /https|http2|h2/i.test(value)) {
        return otherProtocol("load balancer");
    }
    return name === "cloud.google.com/neg" && isOfGke && onService
        ? negFault(value, serviceType, ports[1] ?? "")
        : undefined;
}

const NO_HSTS =
    "replaces the BackendConfig of the program, which sends the header of keep:ingress.hsts. Remove keep:ingress.hsts, and set Strict-Transport-Security in customResponseHeaders of your BackendConfig; or remove this annotation";

const negs = z.object({
    ingress: z.boolean().nullish(),
    exposed_ports: z.record(z.string(), z.object({ name: z.string().nullish() }).nullish()).nullish(),
});

/**
 * The message for a NEG annotation by which the load balancer has no endpoints. If one NEG is wrong, the controller creates
 * none of the Service (maybeEnableNEG in pkg/controller/translator, and mergeStandaloneNEGsPortInfo in pkg/neg/controller.go,
 * of kubernetes/ingress-gce).
 */
function negFault(value: string, serviceType: string, number: string): string | undefined {
    const { exposed_ports: exposed, ingress } = parsedJson(negs, value) ?? {};
    if (ingress !== true) {
        return serviceType === "ClusterIP"
            ? 'would leave the load balancer without endpoints, because the Service has no port on the nodes. Set it to {"ingress":true}, or set the type of the Service to NodePort'
            : undefined;
    }
    const given = Object.entries(exposed ?? {});
    if (given.some(([port]) => port !== number)) {
        return `exposes a port that the Service lacks, ${NO_NEGS}. Use port ${number}, or remove exposed_ports`;
    }
    return given.some(([, neg]) => (neg?.name ?? "") !== "")
        ? `names a NEG beside "ingress": true, ${NO_NEGS}. Remove the name, or create another Service for that NEG`
        : undefined;
}

const NO_NEGS = "and GKE then creates no endpoints for the load balancer";

const backendConfigs = z.object({
    default: z.string().optional(),
    ports: z.record(z.string(), z.string()).optional(),
});

/**
 * The message for BackendConfigs of which none applies to the port of the Service. The controller then goes on without
 * one (BackendConfigName in pkg/backendconfig/utils.go and maybeEnableBackendConfig in pkg/controller/translator of
 * kubernetes/ingress-gce).
 */
function backendConfigFault(value: string, ports: readonly string[]): string | undefined {
    const named = parsedJson(backendConfigs, value);
    if (named === undefined) {
        return 'is not JSON that the controller can read. Write it like {"default":"iap"}';
    }
    return (named.default ?? "") !== "" || ports.some((port) => Object.hasOwn(named.ports ?? {}, port))
        ? undefined
        : `names no BackendConfig for the port of this Service, so none would apply. Use "default", or the port ${oneOf(ports)}`;
}
