import { isDeepStrictEqual } from "node:util";

import type { KindName } from "../../components/ingress/kinds";
import { hidesMetrics } from "../../components/ingress/settings";
import { settledFindings } from "../cluster/api/wait";
import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { routesWithoutRewrite, routesWithRewrite } from "../ingress/routes";
import { ask } from "./client";
import { type Certificate, createCertificate } from "../support/certificate";
import { HSTS, HSTS_HEADER, provesPromises } from "./contract";
import { type Ports, Proxy } from "./proxy";
import { Stubs } from "./stubs";
import { traefikArguments, traefikCrds, traefikProgram } from "./traefik/program";
import { addressForEndpoints, wayInOf } from "./traefik/stack";
import { traefikClasses } from "../support/traefikClasses";

/** Milliseconds in which Traefik takes up what is new in the API server; much more than it needs. */
const PATIENCE = 45_000;

interface Stack {
    readonly kind: KindName;
    readonly encrypted: boolean;
    readonly api: string;
    readonly live: string;
}

const REWRITTEN = [
    { api: "/v2", live: "/websocket" },
    { api: "/keep-api.v2/a", live: "/live.ws-1" },
];

/** Ways in that Traefik can be the controller of. */
const STACKS: readonly Stack[] = [false, true].flatMap((encrypted) => [
    ...REWRITTEN.map((prefixes) => ({ kind: "traefik" as const, encrypted, ...prefixes })),
    ...REWRITTEN.map((prefixes) => ({ kind: "gateway" as const, encrypted, ...prefixes })),
    { kind: "generic" as const, encrypted, api: "/backend", live: "/app" },
]);

describe("a real Traefik, which reads the objects from a real API server", () => {
    const { client, kubeconfig } = testCluster();
    let stubs: Stubs;
    let traefik: Proxy;
    let certificate: Certificate;

    before(async function () {
        // The first run builds it.
        this.timeout(30 * 60_000);
        const program = await traefikProgram();
        for (const crd of traefikCrds()) await client.apply(crd);
        for (const object of traefikClasses) await client.apply(object);
        stubs = await Stubs.start(["keep-frontend", "keep-backend", "keep-websocket"], addressForEndpoints());
        certificate = createCertificate(STACKS.flatMap((_, index) => [...hostsOf(index)]));
        // All of it is there before Traefik starts: it then takes up whole stacks, not one object after the other.
        traefik = await Proxy.start(async (ports) => {
            for (const [index, stack] of STACKS.entries()) await deploy(index, stack, ports);
            return { command: [program, ...traefikArguments(ports)], env: { KUBECONFIG: kubeconfig } };
        });
    });
    after(async () => {
        await traefik.stop();
        stubs.stop();
    });

    async function deploy(index: number, stack: Stack, ports: Ports): Promise<void> {
        const namespace = `edge-${index}`;
        await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        await client.apply(secretOf(namespace, certificate));
        for (const object of await wayInOf(settingsOf(index, stack), namespace, stubs, ports))
            await client.apply(object);
    }

    STACKS.forEach(({ kind, encrypted, api, live }, index) => {
        describe(`${kind}, with ${api} and ${live}, ${encrypted ? "https" : "http"}`, () => {
            const hosts = hostsOf(index);
            const isRewriting = kind !== "generic";
            const routes = isRewriting ? routesWithRewrite(api, live) : routesWithoutRewrite;
            const edge = () => {
                const plain = { port: traefik.ports.http };
                const secure = { port: traefik.ports.https, certificate: certificate.certificate };
                return { public: encrypted ? secure : plain, plain };
            };

            before(async () => {
                // What it has taken up of Ingress it may still miss of its own kinds, or show a certificate of its own. What
                // is never as promised the tests below will tell.
                await settledFindings(PATIENCE, async () => {
                    const unlike = hosts.flatMap((host) =>
                        Object.entries(routes).map(async ([target, expected]) => {
                            const answer = await ask(edge().public, host, target).catch(() => undefined);
                            return isDeepStrictEqual(answer, expected) ? [] : [target];
                        }),
                    );
                    return (await Promise.all(unlike)).flat();
                });
            });

            provesPromises(
                {
                    hosts,
                    routes,
                    live: isRewriting ? `${live}/app` : live,
                    api: isRewriting ? [api, "/backend"] : [api],
                    hidesMetrics: hidesMetrics({ kind }),
                    redirects: encrypted && isRewriting,
                    hsts: encrypted && isRewriting ? HSTS_HEADER : undefined,
                },
                edge,
            );
        });
    });
});

function hostsOf(index: number): readonly [string, string] {
    return [`keep-${index}.example.com`, `alerts-${index}.example.org`];
}

function settingsOf(index: number, { kind, encrypted, api, live }: Stack): Settings {
    const [host, ...extraHosts] = hostsOf(index);
    return {
        publicUrl: `${encrypted ? "https" : "http"}://${host}`,
        ingress: {
            kind,
            className: "traefik",
            extraHosts,
            ...(encrypted ? { tls: { secretName: "keep-certificate" } } : {}),
            ...(kind === "generic" ? {} : { backendPrefix: api, websocketPrefix: live }),
            ...(encrypted && kind !== "generic" ? { hsts: HSTS } : {}),
        },
    };
}

function secretOf(namespace: string, { certificate, key }: Certificate) {
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "keep-certificate", namespace },
        type: "kubernetes.io/tls",
        stringData: { "tls.crt": certificate, "tls.key": key },
    };
}
