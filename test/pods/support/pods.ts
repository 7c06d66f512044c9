import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";

const podSpec = z.looseObject({ securityContext: z.record(z.string(), z.unknown()) });
const texts = z.record(z.string(), z.string()).default({});
const podMetadata = z.looseObject({ annotations: texts, labels: texts });
const template = z.looseObject({ metadata: podMetadata, spec: podSpec });
const workload = z.looseObject({ spec: z.looseObject({ template }) });
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: workload }) });

/** A pod as an object has it. */
export type PodSpec = z.infer<typeof podSpec>;

/** Annotations and labels of a pod, which an admission controller may follow. */
export type PodMetadata = z.infer<typeof podMetadata>;

/** Changes the pods that an object creates, as an admission controller of a platform does. */
export function changePods(
    object: KubernetesObject,
    change: (pod: PodSpec, metadata: PodMetadata) => PodSpec,
): KubernetesObject {
    const changed = <T extends z.infer<typeof workload>>(found: T): T => {
        const { metadata, spec } = found.spec.template;
        return { ...found, spec: { ...found.spec, template: { metadata, spec: change(spec, metadata) } } };
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
