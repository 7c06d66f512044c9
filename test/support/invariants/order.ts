import type { RecordedResource } from "../../../tools/inProcess/recordedResource";
import { type KubernetesObject, podsOf } from "../objects";
import type { Invariant, Whole } from "./invariant";

/** Everything that must exist before a resource, directly or not. */
function before(resource: RecordedResource, seen = new Set<RecordedResource>()): Set<RecordedResource> {
    const nearest = [...resource.dependencies, ...(resource.parent === undefined ? [] : [resource.parent])];
    for (const other of nearest) {
        if (!seen.has(other)) {
            seen.add(other);
            before(other, seen);
        }
    }
    return seen;
}

function deploymentOf({ objects }: Whole, component: string): RecordedResource[] {
    return objects
        .filter(({ kind, labels }) => kind === "Deployment" && labels["app.kubernetes.io/component"] === component)
        .map(({ resource }) => resource);
}

function ofKind(objects: readonly KubernetesObject[], kind: string): RecordedResource[] {
    return objects.filter((object) => object.kind === kind).map(({ resource }) => resource);
}

/** What comes before what. */
export const order: Readonly<Record<string, Invariant>> = {
    "starts API, workers and user interface after setup is finished": (whole) => {
        const [job] = ofKind(whole.objects, "Job");
        return ["backend", "worker", "consumer", "frontend"].flatMap((name) =>
            deploymentOf(whole, name)
                .filter((deployment) =>
                    job === undefined
                        ? name === "backend" &&
                          podsOf([deployment]).some(({ spec }) => spec.initContainers?.[0]?.name !== "setup")
                        : !before(deployment).has(job),
                )
                .map(() => name),
        );
    },

    "starts setup after everything that it needs": (whole) =>
        ofKind(whole.objects, "Job").flatMap((job) => {
            const ready = before(job);
            const pod = JSON.stringify(job.inputs);
            return whole.objects
                .filter(({ kind, name }) =>
                    ["Secret", "ConfigMap"].includes(kind)
                        ? pod.includes(JSON.stringify(name))
                        : ["Namespace", "ServiceAccount", "RoleBinding", "NetworkPolicy"].includes(kind),
                )
                .filter(({ resource }) => !ready.has(resource))
                .map(({ id }) => id);
        }),

    "starts the websocket server while setup still runs": (whole) =>
        deploymentOf(whole, "websocket").flatMap((deployment) =>
            [...before(deployment)]
                .filter(({ type }) => /:(Job|Setup|DatabaseServer|ExternalDatabase|SqliteDatabase)$/.test(type))
                .map((early) => `websocket waits for ${early.name}`),
        ),
};
