import { networkInterfaces } from "node:os";

import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { recordRelease, type Settings } from "../../cluster/release";
import type { Stubs } from "../stubs";

/** What lets requests in, and what it sends them to. */
const WAY_IN = ["Ingress", "Middleware", "Gateway", "HTTPRoute", "Service"];

const service = z.looseObject({ spec: z.looseObject({ ports: z.array(z.looseObject({ name: z.string() })) }) });
const gateway = z.looseObject({ spec: z.looseObject({ listeners: z.array(z.looseObject({ port: z.number() })) }) });

/**
 * The objects of a stack's way in and the Services behind it, in a namespace that exists. Each Service leads to the stand-in
 * of its name instead of pods, and a Gateway listens where Traefik does, as the Service before it would have it.
 */
export async function wayInOf(
    settings: Settings,
    namespace: string,
    stubs: Stubs,
    ports: { readonly http: number; readonly https: number },
): Promise<readonly KubernetesObject[]> {
    const { objects } = await recordRelease({ ...settings, namespace: { name: namespace, create: false } });
    return objects
        .filter(({ kind }) => WAY_IN.includes(kind))
        .flatMap((object) => {
            switch (object.kind) {
                case "Service":
                    return stubs.has(object.metadata.name) ? standIn(object, namespace, stubs) : [];
                case "Gateway": {
                    const { spec, ...rest } = gateway.parse(object);
                    const listeners = spec.listeners.map((listener) => ({
                        ...listener,
                        port: listener.port === 443 ? ports.https : ports.http,
                    }));
                    return [{ ...object, ...rest, spec: { ...spec, listeners } }];
                }
                default:
                    return [object];
            }
        });
}

function standIn(object: KubernetesObject, namespace: string, stubs: Stubs): readonly KubernetesObject[] {
    const { name } = object.metadata;
    const { spec } = service.parse(object);
    const [host, port] = stubs.address(name).split(/:(?=[0-9]+$)/);
    return [
        { ...object, spec: { ...spec, selector: undefined } },
        {
            apiVersion: "discovery.k8s.io/v1",
            kind: "EndpointSlice",
            metadata: { name, namespace, labels: { "kubernetes.io/service-name": name } },
            addressType: host?.includes(":") === true ? "IPv6" : "IPv4",
            endpoints: [{ addresses: [host], conditions: { ready: true } }],
            ports: spec.ports.slice(0, 1).map(({ name }) => ({ name, protocol: "TCP", port: Number(port) })),
        },
    ];
}

/** An address of this machine that an EndpointSlice may have: Kubernetes refuses loopback's own there. */
export function addressForEndpoints(): string {
    const address = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .find(({ family, address }) => family === "IPv4" && !/^(127|169\.254)\./.test(address))?.address;
    if (address === undefined) {
        throw new Error(
            "This machine has loopback only: give it an address, such as `ip address add 10.1.1.1/32 dev lo`.",
        );
    }
    return address;
}
