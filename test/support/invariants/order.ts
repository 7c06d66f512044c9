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

const NAMED_BY_PODS = ["Secret", "ConfigMap", "PersistentVolumeClaim", "ServiceAccount"];

/** Every text in a pod's specification. */
function namesIn(value: unknown): string[] {
    if (typeof value === "object" && value !== null) {
        return Object.values(value).flatMap(namesIn);
    }
    return typeof value === "string" ? [value] : [];
}

/** Whether a RoleBinding is that of an account. */
function isFor({ inputs }: RecordedResource, account: string | undefined, namespace: string | undefined): boolean {
    const { subjects = [] } = inputs as { subjects?: { name: string; namespace: string }[] };
    return subjects.some((subject) => subject.name === account && subject.namespace === namespace);
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

    "starts setup in a namespace that is there, behind policies that are": (whole) =>
        ofKind(whole.objects, "Job").flatMap((job) => {
            const ready = before(job);
            return whole.objects
                .filter(({ kind }) => ["Namespace", "NetworkPolicy"].includes(kind))
                .filter(({ resource }) => !ready.has(resource))
                .map(({ id }) => id);
        }),

    "starts every pod after what it names: Secrets, ConfigMaps, claims, and its account with all that this may do": (
        whole,
    ) =>
        whole.pods.flatMap(({ owner, spec }) => {
            const ready = before(owner.resource);
            const named = new Set(namesIn(spec));
            return whole.objects
                .filter(({ namespace, kind, name, resource }) =>
                    kind === "RoleBinding"
                        ? isFor(resource, spec.serviceAccountName, owner.namespace)
                        : namespace === owner.namespace && NAMED_BY_PODS.includes(kind) && named.has(name),
                )
                .filter(({ resource }) => !ready.has(resource))
                .map(({ id }) => `${owner.id} does not wait for ${id}`);
        }),

    "does at night only what finds the database set up": (whole) => {
        const [job] = ofKind(whole.objects, "Job");
        return ofKind(whole.objects, "CronJob")
            .filter((nightly) => job !== undefined && !before(nightly).has(job))
            .map(({ name }) => name);
    },

    "starts the websocket server while setup still runs": (whole) =>
        deploymentOf(whole, "websocket").flatMap((deployment) =>
            [...before(deployment)]
                .filter(({ type }) => /:(Job|Setup|DatabaseServer|ExternalDatabase|SqliteDatabase)$/.test(type))
                .map((early) => `websocket waits for ${early.name}`),
        ),
};
