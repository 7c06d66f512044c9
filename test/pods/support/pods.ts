import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";

const podSpec = z.looseObject({ securityContext: z.record(z.string(), z.unknown()) });
const workload = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: podSpec }) }) });
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: workload }) });

/** A pod as an object has it. */
export type PodSpec = z.infer<typeof podSpec>;

/** Changes the pods that an object creates, as an admission controller of a platform does. */
export function changePods(object: KubernetesObject, change: (pod: PodSpec) => PodSpec): KubernetesObject {
    const changed = <T extends z.infer<typeof workload>>(found: T): T => {
        const { template } = found.spec;
        return { ...found, spec: { ...found.spec, template: { ...template, spec: change(template.spec) } } };
    };
    switch (object.kind) {
        case "Deployment":
        case "Job":
            return { ...object, ...changed(workload.parse(object)) };
        case "CronJob": {
            const { spec } = cronJob.parse(object);
            return { ...object, spec: { ...spec, jobTemplate: changed(spec.jobTemplate) } };
        }
        default:
            return object;
    }
}
