import { isRecord } from "../../inProcess/secrets";
import type { Check, Finding } from "./cluster";
import { podsOf, type Template } from "./namespace";
import { type PodStatus, statusOf, unscheduled } from "./shortPod";

/** Reasons of a waiting container that are errors of its image (k8s.io/kubernetes/pkg/kubelet/images/types.go). */
const NOT_PULLED =
    /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;

/**
 * Checks that a node can pull each image of the stack, with its pull secrets. The containers themselves may fail to
 * start.
 */
export const imageFindings: Check = async ({ cluster, release: { namespace }, manifests, pods }) => {
    if (pods === undefined) {
        return { passed: "", skipped: "only nodes can check whether they can pull images (--pods)" };
    }
    const specs = podsOf(manifests).map(({ template }) => template.spec);
    const images = [...new Set(specs.flatMap(imagesOf))];
    const status = await statusOf(cluster, pods, {
        name: "keep-preflight-images",
        namespace,
        template: { spec: imagePod(images, specs[0] ?? {}) },
        isAnswer: (status) => status.containerStatuses.length > 0 && pending(status).length === 0,
    });
    const next = (image: string) =>
        `kubectl -n ${namespace} run pull --rm -it --restart=Never --image=${image} -- true`;
    const failed = status.containerStatuses.flatMap(({ image, state: { waiting } }): Finding[] =>
        waiting !== undefined && NOT_PULLED.test(waiting.reason ?? "")
            ? [{ problem: `${image} cannot be pulled: ${waiting.message}`, next: next(image) }]
            : [],
    );
    const late = pending(status).map((image) => ({
        problem: `${image} is not pulled after ${pods.timeout} s`,
        next: next(image),
    }));
    return {
        passed: `a node has all ${images.length} images`,
        failed: [...unscheduled(status, namespace), ...failed, ...late],
    };
};

/** Images that the node is still pulling. */
function pending({ containerStatuses }: PodStatus): string[] {
    return containerStatuses.flatMap(({ image, state: { waiting } }) =>
        waiting !== undefined && /^(ContainerCreating|PodInitializing)?$/.test(waiting.reason ?? "") ? [image] : [],
    );
}

function imagePod(
    images: readonly string[],
    { imagePullSecrets, nodeSelector, tolerations }: Template["spec"],
): Template["spec"] {
    return {
        imagePullSecrets,
        nodeSelector,
        tolerations,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: images.map((image, index) => ({
            name: `image-${index}`,
            image,
            command: ["true"],
            resources: { requests: { cpu: "1m", memory: "8Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
            securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                readOnlyRootFilesystem: true,
            },
        })),
    };
}

function imagesOf({ initContainers, containers }: Template["spec"]): string[] {
    return [initContainers, containers]
        .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
        .flatMap((container) => (isRecord(container) && typeof container.image === "string" ? [container.image] : []));
}
