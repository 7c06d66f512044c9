import assert from "node:assert/strict";

import { meshNote } from "../../components/network/mesh";
import { configOf, type Written } from "../support/config";
import { accepts } from "../support/refusals";
import type { End } from "../support/reach";
import { exitsOf, PARTS, pod } from "./asker";

const istiod = { namespace: "istio-system", labels: { app: "istiod" } };
const linkerd = { namespace: "linkerd", labels: {} };
const kuma = { namespace: "kuma-system", labels: { app: "kuma-control-plane" } };
const own = { namespace: "mesh", labels: {} };
const present = PARTS.filter((part) => !["backup", "retention", "verify"].includes(part));

/** Settings of a mesh, and the place and ports that every pod reaches there. */
const meshes: Readonly<Record<string, readonly [Written, typeof istiod | typeof linkerd, readonly number[]]>> = {
    Istio: [{ kind: "istio" }, istiod, [15012]],
    "Istio without sidecars": [{ kind: "istio-ambient" }, istiod, []],
    Linkerd: [{ kind: "linkerd" }, linkerd, [8080, 8086, 8090]],
    Kuma: [{ kind: "kuma" }, kuma, [5678]],
    "Istio in a namespace of its own": [
        { kind: "istio", controlPlane: [{ namespace: "mesh", ports: [15012] }] },
        own,
        [15012],
    ],
};

describe("NetworkPolicies in a mesh", () => {
    for (const [what, [mesh, controlPlane, ports]] of Object.entries(meshes)) {
        it(`let every pod reach the control plane of ${what}`, async () => {
            const asks = await exitsOf({ networkPolicy: { mesh } });
            for (const part of present) {
                const open = [443, 5678, 8080, 8086, 8090, 15012, 15017].filter((port) =>
                    asks(pod(part), controlPlane, port),
                );
                assert.deepEqual(open, ports, part);
            }
        });
    }

    it("let proxies reach each other at their own port where pods reach each other", async () => {
        const tunnels = { istio: undefined, "istio-ambient": 15008, kuma: undefined, linkerd: 4143 };
        for (const [kind, tunnel] of Object.entries(tunnels)) {
            const asks = await exitsOf({ networkPolicy: { mesh: { kind } } });
            const open = (from: "backend" | "frontend") =>
                [4143, 5432, 15008].filter((port) => asks(pod(from), pod("database"), port));
            assert.deepEqual(new Set(open("backend")), new Set(tunnel === undefined ? [5432] : [5432, tunnel]), kind);
            assert.deepEqual(open("frontend"), [], kind);
        }
    });

    it("let proxies reach pods of other namespaces at their own port where a port of these pods is named", async () => {
        const named = { redis: { namespace: "data", labels: {} }, prometheus: { namespace: "monitoring", labels: {} } };
        const outside = { address: "198.51.100.7" };
        const redis = { kind: "external", host: "redis.data.svc", passwordSecret: { name: "redis", key: "password" } };
        const written = {
            providers: [
                { namespace: "monitoring", ports: [9090] },
                { cidr: "198.51.100.0/24", ports: [443] },
            ],
            destinations: { redis: [{ namespace: "data", ports: [6379] }] },
        };
        const tunnels = { istio: [], "istio-ambient": [15008], kuma: [], linkerd: [4143] };
        for (const [kind, tunnel] of Object.entries(tunnels)) {
            const asks = await exitsOf({ redis, networkPolicy: { ...written, mesh: { kind } } });
            const open = (from: "backend" | "frontend" | "websocket", to: End) =>
                [443, 4143, 6379, 9090, 15008].filter((port) => asks(pod(from), to, port));
            const sorted = (ports: readonly number[]) => [...ports].sort((a, b) => a - b);
            assert.deepEqual(open("websocket", named.redis), sorted([6379, ...tunnel]), kind);
            assert.deepEqual(open("backend", named.redis), sorted([6379, ...tunnel]), kind);
            assert.deepEqual(open("backend", named.prometheus), sorted([9090, ...tunnel]), kind);
            assert.deepEqual(open("backend", outside), [443], kind);
            assert.deepEqual(open("frontend", named.redis), [], kind);
        }
    });

    it("let the kubelet's probes in from where the mesh sends them", async () => {
        const kubelet = { address: "169.254.7.127" };
        for (const [kind, isOpen] of Object.entries({
            istio: false,
            "istio-ambient": true,
            kuma: false,
            linkerd: false,
        })) {
            const asks = await exitsOf({ networkPolicy: { mesh: { kind } } });
            for (const part of present) {
                assert.equal(asks(kubelet, pod(part), 8080), isOpen, `${kind}: ${part}`);
            }
        }
    });

    it("are noted where Pod Security rejects the init containers of proxies", async () => {
        const istio = { labels: { "istio-injection": "enabled" } };
        const consul = { "consul.hashicorp.com/connect-inject": "true" };
        const written: Readonly<Record<string, readonly [Written, string | undefined]>> = {
            "a namespace of Istio": [{ namespace: istio }, "restricted"],
            "pods of Linkerd": [
                { namespace: { podSecurity: "baseline" }, pods: { annotations: { "linkerd.io/inject": "enabled" } } },
                "baseline",
            ],
            "one tier": [{ backend: { podLabels: { "sidecar.istio.io/inject": true } } }, "restricted"],
            "the policies": [
                { networkPolicy: { enabled: true, edge: [{ namespace: "edge" }], mesh: { kind: "linkerd" } } },
                "restricted",
            ],
            "a tier in Kuma": [{ backend: { podLabels: { "kuma.io/sidecar-injection": "enabled" } } }, "restricted"],
            "a tier in Consul": [{ backend: { podAnnotations: consul } }, "restricted"],
            "a tier in Consul, below baseline": [
                { namespace: { podSecurity: "baseline" }, backend: { podAnnotations: consul } },
                "baseline",
            ],
            "pods without a mesh": [{}, undefined],
            "pods that leave the mesh": [
                { namespace: istio, pods: { labels: { "sidecar.istio.io/inject": false } } },
                undefined,
            ],
            "a mesh on the nodes": [{ pods: { labels: { "istio.io/dataplane-mode": "ambient" } } }, undefined],
            "a privileged namespace": [{ namespace: { ...istio, podSecurity: "privileged" } }, undefined],
            "a namespace of its own": [
                { namespace: { create: false }, pods: { annotations: { "linkerd.io/inject": "enabled" } } },
                undefined,
            ],
        };
        for (const [what, [settings, level]] of Object.entries(written)) {
            const note = meshNote("keep:", await configOf(settings));
            assert.equal(/^keep:namespace\.podSecurity is (\w+), .* CNI plugin/.exec(note ?? "")?.[1], level, what);
        }
    });

    const edge = [{ namespace: "edge" }];
    const namespace = { labels: { "istio-injection": "enabled" } };
    accepts({
        "labels of the mesh that the policies name": {
            namespace,
            networkPolicy: { enabled: true, edge, mesh: { kind: "istio" } },
        },
        "the revision of the add-on of AKS, and its control plane": {
            namespace: { labels: { "istio.io/rev": "asm-1-27" } },
            networkPolicy: {
                enabled: true,
                edge,
                mesh: { kind: "istio", controlPlane: [{ namespace: "aks-istio-system", ports: [15012] }] },
            },
        },
        "the revision of an Istio that the cluster itself has, as Google installs it": {
            namespace: { labels: { "istio.io/rev": "asm-1204-0" } },
            networkPolicy: { enabled: true, edge, mesh: { kind: "istio" } },
        },
        "labels of two meshes, during a migration": {
            namespace: { labels: { ...namespace.labels, "istio.io/dataplane-mode": "ambient" } },
            networkPolicy: { enabled: true, edge, mesh: { kind: "istio" } },
        },
        "labels of a mesh without policies": { namespace },
        "Kuma in pods with a token, of the store of credentials or of a volume": {
            namespace: { labels: { "kuma.io/sidecar-injection": "enabled" } },
            secretStore: { kind: "kubernetes" },
            frontend: {
                podAnnotations: { "kuma.io/service-account-token-volume": "token" },
                volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }],
            },
            websocket: { kind: "soketi", podLabels: { "kuma.io/sidecar-injection": "disabled" } },
            redis: { kind: "bundled", podLabels: { "kuma.io/sidecar-injection": "false" } },
            database: { kind: "postgres", podLabels: { "kuma.io/sidecar-injection": "disabled" } },
            networkPolicy: { enabled: true, edge, mesh: { kind: "kuma" } },
        },
        "Consul in pods with a Service": {
            namespace: { podSecurity: "baseline" },
            frontend: { podAnnotations: { "consul.hashicorp.com/connect-inject": "true" } },
            backend: { podAnnotations: { "consul.hashicorp.com/connect-inject": "true" } },
        },
        "labels of all objects, also of the namespace": { labels: namespace.labels },
        "pods that leave the mesh of their namespace": {
            namespace,
            pods: { labels: { "sidecar.istio.io/inject": false } },
            networkPolicy: { enabled: true, edge },
        },
        "pods that leave the mesh of all others": {
            labels: { "istio.io/dataplane-mode": "none" },
            namespace: {
                labels: { "istio.io/dataplane-mode": "ambient" },
                annotations: { "linkerd.io/inject": "enabled" },
            },
            pods: { annotations: { "linkerd.io/inject": "disabled" } },
            networkPolicy: { enabled: true, edge },
        },
        "pods without a mesh, which another component would join": {
            verify: { enabled: false, podAnnotations: { "linkerd.io/inject": "enabled" } },
            networkPolicy: { enabled: true, edge },
        },
        "a namespace that is in no mesh": {
            namespace: { labels: { "istio-injection": "disabled" } },
            networkPolicy: { enabled: true, edge },
        },
    });
});
