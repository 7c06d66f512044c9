import type * as pulumi from "@pulumi/pulumi";

import { computed } from "../tokens";

/** Annotation of a Service with the ranges that reach its load balancer, which the API server validates (ValidateService in kubernetes/kubernetes). */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/**
 * The ranges as a field of the Service, for the many that do not read the annotation: kube-proxy, and thereby MetalLB and
 * kube-vip (newBaseServiceInfo in pkg/proxy/serviceport.go of kubernetes/kubernetes), and Cilium. Those that read the annotation
 * prefer the field. Undefined without the annotation.
 */
export function sourceRanges(
    annotations: Readonly<Record<string, string>>,
): string[] | pulumi.Output<string[]> | undefined {
    const { [SOURCE_RANGES]: ranges } = annotations;
    return ranges === undefined
        ? undefined
        : computed(ranges, (known) => known.split(",").map((range) => range.trim()));
}
