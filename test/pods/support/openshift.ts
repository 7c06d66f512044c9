import type { KubernetesObject } from "../../cluster/api/client";
import { changePods } from "./pods";

/** An id of a project's range. */
const UID = 1000650000;

/**
 * What OpenShift's admission makes of the pods of an object under restricted-v2: a user and a group of the project's range, and
 * group 0 (https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/authentication_and_authorization/managing-pod-security-policies).
 */
export function admittedByOpenShift(object: KubernetesObject): KubernetesObject {
    return changePods(object, (pod) => {
        const { securityContext } = pod;
        if ("runAsUser" in securityContext || "fsGroup" in securityContext) {
            throw new Error("OpenShift's admission refuses a pod that names its user or group.");
        }
        return { ...pod, securityContext: { ...securityContext, runAsUser: UID, runAsGroup: 0, fsGroup: UID } };
    });
}
