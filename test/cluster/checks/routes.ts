import { z } from "zod";

import { nameOf } from "../api/apply";
import type { KubernetesObject } from "../api/client";
import { service } from "./shapes";

const port = z.union([z.number(), z.string()]);

const ingressBackend = z.object({
    service: z.object({
        name: z.string(),
        port: z.object({ number: z.number().optional(), name: z.string().optional() }),
    }),
});

const ingress = z.object({
    spec: z.object({
        defaultBackend: ingressBackend.optional(),
        rules: z
            .array(z.object({ http: z.object({ paths: z.array(z.object({ backend: ingressBackend })) }) }))
            .default([]),
    }),
});

const httpRoute = z.object({
    spec: z.object({
        rules: z.array(
            z.object({ backendRefs: z.array(z.object({ name: z.string(), port: z.number() })).default([]) }),
        ),
    }),
});

const openshiftRoute = z.object({
    spec: z.object({
        to: z.object({ name: z.string() }),
        port: z.object({ targetPort: port }).optional(),
        alternateBackends: z.array(z.object({ name: z.string() })).default([]),
    }),
});

/** Where traffic goes: a Service and one of its ports, in the words of the object that sends it there. */
interface Target {
    readonly service: string;
    readonly port?: number | string | undefined;
    /** OpenShift means the pods' port by a number, all others the Service's. */
    readonly byTargetPort?: boolean;
}

/** Everything that lets traffic in sends it to a Service of the release that has the port, by way of Middlewares that are there. */
export function routeFindings(objects: readonly KubernetesObject[]): readonly string[] {
    return objects.flatMap((object) => [
        ...targetsOf(object).flatMap((target) => targetFindings(object, target, objects)),
        ...middlewareFindings(object, objects),
    ]);
}

function targetsOf(object: KubernetesObject): readonly Target[] {
    switch (object.kind) {
        case "Ingress": {
            const { defaultBackend, rules } = ingress.parse(object).spec;
            const backends = rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend));
            return [...backends, ...(defaultBackend === undefined ? [] : [defaultBackend])].map(
                ({ service: { name, port: of } }) => ({
                    service: name,
                    port: of.number ?? of.name,
                }),
            );
        }
        case "HTTPRoute":
            return httpRoute
                .parse(object)
                .spec.rules.flatMap(({ backendRefs }) =>
                    backendRefs.map((backend) => ({ service: backend.name, port: backend.port })),
                );
        case "Route": {
            const { to, port: of, alternateBackends } = openshiftRoute.parse(object).spec;
            return [to, ...alternateBackends].map(({ name }) => ({
                service: name,
                port: of?.targetPort,
                byTargetPort: true,
            }));
        }
        default:
            return [];
    }
}

function targetFindings(
    object: KubernetesObject,
    target: Target,
    objects: readonly KubernetesObject[],
): readonly string[] {
    const found = objects.find(
        ({ kind, metadata }) =>
            kind === "Service" && metadata.name === target.service && metadata.namespace === object.metadata.namespace,
    );
    if (found === undefined)
        return [`${nameOf(object)} sends traffic to Service ${target.service}, which is not there`];
    const { ports } = service.parse(found).spec;
    const known = ports.flatMap((one) => [
        one.name,
        target.byTargetPort === true ? (one.targetPort ?? one.port) : one.port,
    ]);
    if (target.port === undefined || known.includes(target.port)) return [];
    return [
        `${nameOf(object)} sends traffic to port ${target.port} of Service ${target.service}, which has no such port`,
    ];
}

/** Traefik leaves a path whose Middleware is missing without any route at all. */
function middlewareFindings(object: KubernetesObject, objects: readonly KubernetesObject[]): readonly string[] {
    const named = object.metadata.annotations?.["traefik.ingress.kubernetes.io/router.middlewares"]?.split(",") ?? [];
    const there = objects
        .filter(({ kind }) => kind === "Middleware")
        .map(({ metadata }) => `${metadata.namespace ?? "default"}-${metadata.name}@kubernetescrd`);
    return named
        .filter((name) => !there.includes(name.trim()))
        .map((name) => `${nameOf(object)} names Middleware ${name}, which is not there`);
}
