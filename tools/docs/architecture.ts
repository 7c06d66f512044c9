import type { types } from "@pulumi/kubernetes";

import type { RecordedResource } from "../inProcess/recordedResource";
import { areaOf, type Arrow, type Box, drawing, type Frame, frameArea } from "./drawing";
import { PROCESSES, ROUTES } from "./routes";

type Out = types.output.core.v1.PodSpec;

/** A Deployment or Job. */
interface Part {
    readonly component: string;
    readonly pod: Out;
    readonly isJob: boolean;
}

/** Column and row of each component. A component that is missing here makes the drawing fail. */
const PLACES: Readonly<Record<string, readonly [column: number, row: number]>> = {
    frontend: [2, 0],
    backend: [2, 1],
    worker: [2, 2],
    websocket: [2, 3],
    redis: [3, 1],
    database: [3, 2],
    setup: [3, 3],
};

/** Titles that are not the capitalized name of the component. */
const TITLES: Readonly<Record<string, string>> = { redis: "Redis", setup: "Setup", websocket: "Websocket server" };

const OUTSIDE: readonly Box[] = [
    { id: "browser", title: "Browsers", lines: [], column: 0, row: 0, kind: "outside" },
    { id: "tools", title: "Monitoring tools", lines: ["send alerts"], column: 0, row: 2, kind: "outside" },
    { id: "identity", title: "Identity provider", lines: ["signs users in"], column: 4, row: 0, kind: "outside" },
    { id: "providers", title: "Providers", lines: ["alerts and notifications"], column: 4, row: 2, kind: "outside" },
];

/**
 * docs/architecture.svg: the components of a release and their connections, from the objects that the program creates.
 */
export function architecture(resources: readonly RecordedResource[]): string {
    const parts = partsOf(resources);
    const store = one(resources, ({ type, name }) => type.endsWith(":Namespace") && name.endsWith("-secrets"));
    const namespace = one(resources, ({ type, name }) => type.endsWith(":Namespace") && name === "keep");
    const boxes: Box[] = [
        ...OUTSIDE,
        ...parts.map((part) => boxOf(part, resources)),
        { id: "ingress", title: "Ingress", lines: [ingressHost(resources)], column: 1, row: 1, kind: "edge" },
        { id: "store", title: "Credentials", lines: ["of the providers"], column: 4, row: 1, kind: "data" },
    ];
    const frames: Frame[] = [
        {
            id: "namespace",
            title: `namespace ${namespace.physicalName ?? ""}`,
            members: ["ingress", ...parts.map(({ component }) => component)],
            padding: 26,
        },
        { id: "credentials", title: `namespace ${store.physicalName ?? ""}`, members: ["store"], padding: 8 },
        PROCESSES,
    ];
    const calls = parts.flatMap((part) =>
        [
            ...callsOf(part, parts, resources),
            ...(part.pod.automountServiceAccountToken && !part.isJob ? ["store"] : []),
            ...(PROCESSES.members.includes(part.component) ? ["providers", "identity"] : []),
            ...(part.component === "frontend" ? ["identity"] : []),
        ].map((to) => ({ from: part.component, to })),
    );
    const connections = [
        { from: "browser", to: "ingress" },
        { from: "tools", to: "ingress" },
        ...routes(resources),
        ...together(calls),
    ];
    return drawing({ boxes, frames, arrows: connections.map((connection) => arrowOf(connection, boxes)) });
}

/** Replaces connections that all members of PROCESSES have by one connection of the frame. */
function together(calls: readonly { from: string; to: string }[]): { from: string; to: string }[] {
    const { id, members } = PROCESSES;
    const isShared = (to: string) =>
        members.every((from) => calls.some((call) => call.from === from && call.to === to));
    const shared = [...new Set(calls.filter(({ from }) => members.includes(from)).map(({ to }) => to))].filter(
        isShared,
    );
    return [
        ...calls.filter(({ from, to }) => !(members.includes(from) && shared.includes(to))),
        ...shared.map((to) => ({ from: id, to })),
    ];
}

function arrowOf({ from, to, label }: { from: string; to: string; label?: string }, boxes: readonly Box[]): Arrow {
    const route = ROUTES[`${from}>${to}`];
    if (route === undefined) {
        throw new Error(`tools/docs/architecture.ts has no route from ${from} to ${to}`);
    }
    const place = (id: string) => {
        const box = boxes.find((candidate) => candidate.id === id);
        return box === undefined ? frameArea(PROCESSES, boxes) : areaOf(box);
    };
    return {
        points: route(place(from), place(to)),
        isOptional: to === "identity",
        ...(label === undefined ? {} : { label }),
    };
}

function partsOf(resources: readonly RecordedResource[]): Part[] {
    return resources
        .filter(({ type }) => /:(Deployment|Job)$/.test(type))
        .map(({ type, inputs }) => {
            const { metadata, spec } = inputs as unknown as types.output.apps.v1.Deployment;
            return {
                component: metadata.labels["app.kubernetes.io/component"] ?? "",
                pod: spec.template.spec,
                isJob: type.endsWith(":Job"),
            };
        })
        .sort((a, b) => Number(a.component > b.component) - Number(a.component < b.component));
}

function boxOf({ component, pod, isJob }: Part, resources: readonly RecordedResource[]): Box {
    const place = PLACES[component];
    if (place === undefined) {
        throw new Error(`tools/docs/architecture.ts has no place for the component ${component}`);
    }
    const image = pod.containers[0]?.image.replace(/^.*\//, "") ?? "";
    const size = isJob ? "before the other pods" : sizeOf(component, resources);
    return {
        id: component,
        title: TITLES[component] ?? component.charAt(0).toUpperCase() + component.slice(1),
        lines: [image.replace(":", " "), [size, diskOf(pod, resources)].filter(Boolean).join(", ")],
        column: place[0],
        row: place[1],
        kind: component === "database" || component === "redis" ? "data" : isJob ? "job" : "tier",
    };
}

function sizeOf(component: string, resources: readonly RecordedResource[]): string {
    const scaler = resources.find(
        ({ type, physicalName }) =>
            type.endsWith(":HorizontalPodAutoscaler") && physicalName?.endsWith(`-${component}`) === true,
    )?.inputs as unknown as types.output.autoscaling.v2.HorizontalPodAutoscaler | undefined;
    return scaler === undefined ? "1 pod" : `${scaler.spec.minReplicas} to ${scaler.spec.maxReplicas} pods`;
}

function diskOf(pod: Out, resources: readonly RecordedResource[]): string {
    const claims = pod.volumes.map((volume) => (volume as Partial<typeof volume>).persistentVolumeClaim?.claimName);
    const claim = resources.find(
        ({ type, physicalName }) => type.endsWith(":PersistentVolumeClaim") && claims.includes(physicalName ?? ""),
    )?.inputs as unknown as types.output.core.v1.PersistentVolumeClaim | undefined;
    return claim === undefined ? "" : `${claim.spec.resources.requests.storage ?? ""} disk`;
}

/** The components whose Service occurs in a pod's environment, directly or in a Secret. */
function callsOf(
    { component, pod, isJob }: Part,
    parts: readonly Part[],
    resources: readonly RecordedResource[],
): string[] {
    const values = pod.containers.flatMap(({ env }) => env.map((variable) => valueOf(variable, resources)));
    return (
        parts
            .filter((other) => other.component !== component && !other.isJob)
            // The setup Job has the backend's environment, but connects only to the database.
            .filter((other) => !isJob || other.component === "database")
            .filter((other) => values.some((value) => new RegExp(`(^|[@/])keep-${other.component}(:|$)`).test(value)))
            .map((other) => other.component)
    );
}

function valueOf(variable: types.output.core.v1.EnvVar, resources: readonly RecordedResource[]): string {
    const { value, valueFrom } = variable as Partial<types.output.core.v1.EnvVar>;
    const reference = valueFrom?.secretKeyRef;
    const secret = resources.find(
        ({ type, physicalName }) =>
            type.endsWith(":Secret") && reference !== undefined && physicalName === reference.name,
    )?.inputs as unknown as types.output.core.v1.Secret | undefined;
    return value ?? secret?.stringData[reference?.key ?? ""] ?? "";
}

/** The tier of each path prefix, from the Ingress objects. Skips the paths that block the metrics. */
function routes(resources: readonly RecordedResource[]): { from: string; to: string; label: string }[] {
    const paths = ingressesOf(resources)
        .flatMap(({ spec }) => spec.rules[0]?.http.paths ?? [])
        .filter(({ path, pathType }) => pathType === "Prefix" && !path.includes("metrics"))
        .map(
            ({ path, backend }) => [path.replace(/(.)\/$/, "$1"), backend.service.name.replace(/^keep-/, "")] as const,
        );
    return [...new Map(paths)].map(([label, to]) => ({ from: "ingress", to, label }));
}

function ingressHost(resources: readonly RecordedResource[]): string {
    return ingressesOf(resources)[0]?.spec.rules[0]?.host ?? "";
}

function ingressesOf(resources: readonly RecordedResource[]): types.output.networking.v1.Ingress[] {
    return resources
        .filter(({ type }) => type.endsWith(":Ingress"))
        .map(({ inputs }) => inputs as unknown as types.output.networking.v1.Ingress);
}

function one(resources: readonly RecordedResource[], is: (resource: RecordedResource) => boolean): RecordedResource {
    const [found, ...others] = resources.filter(is);
    if (found === undefined || others.length > 0) {
        throw new Error(
            `tools/docs/architecture.ts expects one resource, and finds ${others.length + (found ? 1 : 0)}`,
        );
    }
    return found;
}
