import { type Container, containersOf, type Pods } from "../objects";
import { restrictedViolations } from "../podSecurity";
import type { Invariant, Whole } from "./invariant";

/** Seconds in which a slow node must be able to start a container. */
const START_BUDGET = 300;

const isPinned = (image: string) => /@sha256:[0-9a-f]{64}$/.test(image) || /:(?!latest$)[^:/@]+$/.test(image);

/** Each container with what it is called in messages. */
function containers({ pods }: Whole): { id: string; container: Container; pod: Pods }[] {
    return pods.flatMap((pod) =>
        containersOf(pod).map((container) => ({ id: `${container.name} of ${pod.owner.id}`, container, pod })),
    );
}

function isLongRunning({ pod, container }: { pod: Pods; container: Container }): boolean {
    return pod.owner.kind === "Deployment" && pod.spec.containers.includes(container);
}

/** Whether an image is the one that the API runs. */
function isKeepImage({ pods }: Whole, image: string | undefined): boolean {
    return pods.some(
        ({ owner, spec }) =>
            owner.kind === "Deployment" &&
            spec.containers.some((container) => container.name === "backend" && container.image === image),
    );
}

function bytes(quantity = "0"): number {
    const [, digits, unit = ""] = /^(\d+)(Mi|Gi)?$/.exec(quantity) ?? [];
    return Number(digits) * ({ Mi: 2 ** 20, Gi: 2 ** 30 }[unit] ?? 1);
}

/** How every pod is made, so that it starts, stays up and harms nobody. */
export const pods: Readonly<Record<string, Invariant>> = {
    "makes every pod within Pod Security restricted, on a read-only root": (whole) =>
        whole.pods.flatMap((pod) => restrictedViolations(pod).map((violation) => `${pod.owner.id}: ${violation}`)),

    "pins every image": (whole) =>
        containers(whole)
            .filter(({ container }) => !isPinned(container.image ?? ""))
            .map(({ id, container }) => `${id}: ${container.image ?? ""}`),

    // The user is in no /etc/passwd, and Python 3.13 raises OSError where it looks for a name and finds none.
    "names the user of every container in Keep's image": (whole) =>
        containers(whole)
            .filter(({ container: { image } }) => isKeepImage(whole, image))
            .filter(({ container: { env = [] } }) => !env.some(({ name, value }) => name === "LOGNAME" && value))
            .map(({ id }) => id),

    "gives every container requests and a limit of memory": (whole) =>
        containers(whole)
            .filter(({ container: { resources: { requests, limits } = {} } }) =>
                [requests?.cpu, requests?.memory, limits?.memory].includes(undefined),
            )
            .map(({ id }) => id),

    "probes every long-running container, with five minutes to start": (whole) =>
        containers(whole)
            .filter(isLongRunning)
            .filter(({ container: { startupProbe, readinessProbe, livenessProbe } }) => {
                const budget = (startupProbe?.periodSeconds ?? 10) * (startupProbe?.failureThreshold ?? 3);
                const isAsked = [startupProbe, readinessProbe, livenessProbe].every((probe) =>
                    [probe?.httpGet, probe?.tcpSocket, probe?.exec].some((question) => question !== undefined),
                );
                return !isAsked || budget < START_BUDGET;
            })
            .map(({ id }) => id),

    "probes ports that the container has": (whole) =>
        containers(whole)
            .filter(({ container: { ports = [], livenessProbe, readinessProbe, startupProbe } }) =>
                [livenessProbe, readinessProbe, startupProbe]
                    .flatMap((probe) => [probe?.httpGet?.port, probe?.tcpSocket?.port])
                    .some((port) => port !== undefined && !ports.some(({ name }) => name === port)),
            )
            .map(({ id }) => id),

    "keeps the environment of Services out of every pod": (whole) =>
        whole.pods.filter(({ spec }) => spec.enableServiceLinks !== false).map(({ owner }) => owner.id),

    "puts a token into no pod but those with an account of their own": (whole) =>
        whole.pods
            .filter(
                ({ spec }) =>
                    spec.automountServiceAccountToken !== false &&
                    !(spec.automountServiceAccountToken === true && spec.serviceAccountName !== undefined),
            )
            .map(({ owner }) => owner.id),

    "mounts every volume that it has, and has every volume that it mounts, each path once": (whole) =>
        whole.pods.flatMap((pod) => {
            const has = (pod.spec.volumes ?? []).map(({ name }) => name);
            const mounts = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
            const twice = containersOf(pod).filter(({ volumeMounts = [] }) => {
                const paths = volumeMounts.map(({ mountPath }) => mountPath);
                return new Set(paths).size < paths.length;
            });
            return [
                ...has.filter((name) => !mounts.includes(name)).map((name) => `${pod.owner.id} mounts no ${name}`),
                ...mounts.filter((name) => !has.includes(name)).map((name) => `${pod.owner.id} has no ${name}`),
                ...twice.map(({ name }) => `${pod.owner.id}: two mounts at one path in ${name}`),
                ...(new Set(has).size < has.length ? [`${pod.owner.id}: two volumes of one name`] : []),
            ];
        }),

    "limits every scratch directory": (whole) =>
        whole.pods.flatMap(({ owner, spec }) =>
            (spec.volumes ?? [])
                .filter(({ emptyDir }) => emptyDir !== undefined && emptyDir.sizeLimit === undefined)
                .map(({ name }) => `${owner.id}: ${name}`),
        ),

    "bounds what a pod writes to its node, with room for each of its scratch directories": (whole) =>
        whole.pods.flatMap(({ owner, spec }) => {
            const limits = spec.containers.map(({ resources }) => bytes(resources?.limits?.["ephemeral-storage"]));
            const room = limits.reduce((total, limit) => total + limit, 0);
            return (spec.volumes ?? [])
                .filter(({ emptyDir }) => emptyDir !== undefined && bytes(emptyDir.sizeLimit) > room)
                .map(({ name }) => `${owner.id}: ${name} in ${room} bytes`);
        }),

    "names every variable once, and quotes only what stands before": (whole) =>
        containers(whole).flatMap(({ id, container: { env = [], args = [], command = [] } }) => {
            const names = env.map(({ name }) => name);
            const quoted = (text: string) => [...text.matchAll(/\$\((\w+)\)/g)].map(([, name = ""]) => name);
            return [
                ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${id}: ${name} twice`),
                ...env.flatMap(({ name, value = "" }, index) =>
                    quoted(value)
                        .filter((other) => !names.slice(0, index).includes(other))
                        .map((other) => `${id}: ${name} quotes ${other}`),
                ),
                ...quoted([...command, ...args].join(" "))
                    .filter((other) => !names.includes(other))
                    .map((other) => `${id}: its arguments quote ${other}`),
            ];
        }),
};
