import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { changePods } from "./pods";

/** Name of the container that the mesh adds. */
export const PROXY = "istio-proxy";

/** The proxy of a mesh, which never exits by itself, not even on SIGTERM. */
const proxy = {
    name: PROXY,
    image: "docker.io/local/busybox:1",
    command: ["sleep", "infinity"],
    securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        runAsNonRoot: true,
        runAsUser: 1337,
        seccompProfile: { type: "RuntimeDefault" },
    },
};

const containersOf = z.object({ containers: z.array(z.unknown()), initContainers: z.array(z.unknown()).default([]) });

/**
 * What a mesh makes of the pods of an object: its proxy is a native sidecar where an annotation asks for it, and an ordinary container
 * elsewhere; a label keeps a pod out of the mesh (https://istio.io/latest/docs/reference/config/annotations/#SidecarNativeSidecar,
 * https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/).
 * @param native whether it has native sidecars
 */
export function injectedByMesh(native: boolean): (object: KubernetesObject) => KubernetesObject {
    return (object) =>
        changePods(object, (pod, { annotations, labels }) => {
            if (labels["sidecar.istio.io/inject"] === "false") return pod;
            const { containers, initContainers } = containersOf.parse(pod);
            return native && annotations["sidecar.istio.io/nativeSidecar"] === "true"
                ? { ...pod, initContainers: [{ ...proxy, restartPolicy: "Always" }, ...initContainers] }
                : { ...pod, containers: [...containers, proxy] };
        });
}
