import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { changePods } from "./pods";

const container = z.looseObject({
    resources: z.looseObject({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.string()) }),
});
const containers = z.array(container).default([]);

/**
 * What Autopilot makes of the pods of an object in a cluster without bursting: no container may use more than it requests
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests). It would also raise small requests to
 * its minimum, which makes it easier for them.
 */
export function admittedByAutopilot(object: KubernetesObject): KubernetesObject {
    const lowered = (list: unknown) =>
        containers.parse(list).map(({ resources, ...rest }) => ({
            ...rest,
            resources: { ...resources, limits: { ...resources.limits, ...resources.requests } },
        }));
    return changePods(object, (pod) => ({
        ...pod,
        initContainers: lowered(pod.initContainers),
        containers: lowered(pod.containers),
    }));
}
