import type { types } from "@pulumi/kubernetes";

import type { RecordedResource } from "../inProcess/recordedResource";
import { type Box, drawing } from "./drawing";

type Out = types.output.core.v1.PodSpec;

/** A Deployment or Job, with what decides whom it talks to. */
interface Part {
    readonly component: string;
    readonly pod: Out;
    readonly isJob: boolean;
}

/** Where each part stands: column and row. A part without a place fails the drawing, so that none is forgotten. */
const PLACES: Readonly<Record<string, readonly [column: number, row: number]>> = {
    frontend: [2, 0],
    backend: [2, 1],
    websocket: [2, 3],
    setup: [3, 0],
    worker: [3, 2],
    database: [4, 1],
    redis: [4, 2],
};

/** Names that a reader knows the parts by. */
const TITLES: Readonly<Record<string, string>> = {
    frontend: "Frontend",
    backend: "Backend",
    websocket: "Websocket",
    setup: "Setup",
    worker: "Worker",
    database: "Database",
    redis: "Queue",
};

/** docs/architecture.svg: the parts of a release and who talks to whom, read off the objects that the program makes. */
export function architecture(resources: readonly RecordedResource[]): string {
    const parts = partsOf(resources);
    const boxes = parts.map((part) => boxOf(part, resources));
    const calls = parts.flatMap((part) => callsOf(part, parts, resources).map((to) => ({ from: part.component, to })));
    const store = one(resources, ({ type, name }) => type.endsWith(":Namespace") && name.endsWith("-secrets"));
    const keepers = parts.filter(({ pod, isJob }) => pod.automountServiceAccountToken && !isJob);
    return drawing({
        namespace:
            one(resources, ({ type, name }) => type.endsWith(":Namespace") && name === "keep").physicalName ?? "",
        boxes: [
            ...boxes,
            { id: "ingress", title: "Ingress", lines: [ingressHost(resources)], column: 1, row: 1, kind: "edge" },
            { id: "browser", title: "Browsers", lines: [], column: 0, row: 0, kind: "outside" },
            { id: "tools", title: "Monitoring tools", lines: [], column: 0, row: 2, kind: "outside" },
            {
                id: "store",
                title: "Credentials",
                lines: ["of Keep's providers", `namespace ${store.physicalName ?? ""}`],
                column: 4,
                row: 0,
                kind: "elsewhere",
            },
        ],
        arrows: [
            { from: "browser", to: "ingress" },
            { from: "tools", to: "ingress" },
            ...routes(resources),
            ...calls,
            ...keepers.map(({ component }) => ({ from: component, to: "store" })),
        ],
    });
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
        throw new Error(`tools/docs/architecture.ts has no place for the part ${component}`);
    }
    const image = pod.containers[0]?.image.replace(/^.*\//, "") ?? "";
    const size = isJob ? "once, before the others" : sizeOf(component, resources);
    return {
        id: component,
        title: TITLES[component] ?? component,
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

/** The parts whose Service a part's environment names, also in a Secret that it reads. */
function callsOf(
    { component, pod, isJob }: Part,
    parts: readonly Part[],
    resources: readonly RecordedResource[],
): string[] {
    const values = pod.containers.flatMap(({ env }) => env.map((variable) => valueOf(variable, resources)));
    return (
        parts
            .filter((other) => other.component !== component && !other.isJob)
            // The setup step has the environment of the backend, but only the database to work on.
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

function routes(resources: readonly RecordedResource[]): { from: string; to: string; label: string }[] {
    const { spec } = ingressOf(resources);
    return (
        spec.rules[0]?.http.paths.flatMap(({ path, backend }) => {
            // Paths are regular expressions: /v2(/|$)(.*). The one that hides the metrics is no way in.
            const prefix = path.replace(/^\/\(\)\((.*)$/, "/").replace(/\(.*$/, "");
            const to = backend.service.name.replace(/^keep-/, "");
            return path.includes("metrics") ? [] : [{ from: "ingress", to, label: prefix }];
        }) ?? []
    );
}

function ingressHost(resources: readonly RecordedResource[]): string {
    return ingressOf(resources).spec.rules[0]?.host ?? "";
}

function ingressOf(resources: readonly RecordedResource[]): types.output.networking.v1.Ingress {
    return one(resources, ({ type }) => type.endsWith(":Ingress"))
        .inputs as unknown as types.output.networking.v1.Ingress;
}

function one(resources: readonly RecordedResource[], is: (resource: RecordedResource) => boolean): RecordedResource {
    const [found, ...others] = resources.filter(is);
    if (found === undefined || others.length > 0) {
        throw new Error(
            `tools/docs/architecture.ts looks for one resource, and finds ${others.length + (found ? 1 : 0)}`,
        );
    }
    return found;
}
