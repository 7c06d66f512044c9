import * as z from "zod";

import { choice } from "../fields/choice";
import { annotations, isQualifiedName } from "../fields/labels";
import { count } from "../fields/vocabulary";
import { SOURCE_RANGES } from "../kubernetes/sourceRanges";
import { loadBalancerFault } from "./loadBalancer";
import { protocolFault } from "./loadBalancerProtocols";

/** The Service of a tier. */
export const service = z
    .strictObject({
        type: choice({
            ClusterIP: "inside the cluster",
            NodePort: "also on a port of every node",
            LoadBalancer: "also at a load balancer",
        })
            .default("ClusterIP")
            .describe("how the Service is reached"),
        nodePort: count(1, 65535)
            .optional()
            .describe(
                "port on every node, in the range of the cluster, mostly 30000-32767; default: one that the cluster picks",
            ),
        loadBalancerClass: z
            .string()
            .refine(isQualifiedName, { error: "is not the name of a class. Write it like service.k8s.aws/nlb" })
            .optional()
            .describe(
                "controller of the load balancer; default: the cluster's own. A change replaces the Service, and the load balancer gets another address",
            ),
        annotations: annotations.default({}).describe("annotations of the Service"),
        ipFamilyPolicy: choice({
            SingleStack: "IPv4 or IPv6",
            PreferDualStack: "both, if the cluster has both; the pods also listen on IPv6",
            RequireDualStack: "both; the pods also listen on IPv6",
        })
            .optional()
            .describe("addresses of the Service; default: the cluster's"),
    })
    .superRefine(({ type, nodePort, loadBalancerClass, annotations: given }, context) => {
        if (nodePort !== undefined && type === "ClusterIP") {
            const message = "needs a Service of another type. Set type to NodePort or LoadBalancer, or remove it";
            context.addIssue({ code: "custom", path: ["nodePort"], message });
        }
        if (loadBalancerClass !== undefined && type !== "LoadBalancer") {
            const message = "needs a load balancer. Set type to LoadBalancer, or remove it";
            context.addIssue({ code: "custom", path: ["loadBalancerClass"], message });
        }
        if (Object.hasOwn(given, SOURCE_RANGES) && type !== "LoadBalancer") {
            const message = "needs a load balancer. Set type to LoadBalancer, or remove it";
            context.addIssue({ code: "custom", path: ["annotations", SOURCE_RANGES], message });
        }
        for (const [name, value] of type === "LoadBalancer" ? Object.entries(given) : []) {
            const message =
                loadBalancerFault(name, value, { annotations: given, loadBalancerClass }) ?? protocolFault(name, value);
            if (message !== undefined) {
                context.addIssue({ code: "custom", path: ["annotations", name], message });
            }
        }
    });
