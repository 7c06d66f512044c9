import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";

/** An id of a project's range. */
const UID = 1000650000;

const pod = z.looseObject({ securityContext: z.record(z.string(), z.unknown()) });
const template = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: pod }) }) });
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: template }) });

/**
 * What OpenShift's admission makes of the pods of an object under restricted-v2: a user and a group of the project's range, and
 * group 0 (https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/authentication_and_authorization/managing-pod-security-policies).
 */
export function admittedByOpenShift(object: KubernetesObject): KubernetesObject {
    switch (object.kind) {
        case "Deployment":
        case "Job":
            return { ...object, ...withUser(template.parse(object)) };
        case "CronJob": {
            const { spec } = cronJob.parse(object);
            return { ...object, spec: { ...spec, jobTemplate: withUser(spec.jobTemplate) } };
        }
        default:
            return object;
    }
}

function withUser<T extends z.infer<typeof template>>(object: T): T {
    const { spec: admitted } = object.spec.template;
    const { securityContext } = admitted;
    if ("runAsUser" in securityContext || "fsGroup" in securityContext) {
        throw new Error("OpenShift's admission refuses a pod that names its user or group.");
    }
    const own = { ...securityContext, runAsUser: UID, runAsGroup: 0, fsGroup: UID };
    const spec = { ...admitted, securityContext: own };
    return { ...object, spec: { ...object.spec, template: { ...object.spec.template, spec } } };
}
