import assert from "node:assert/strict";

import { gatewayNote } from "../../components/ingress/gatewayProxies";
import { configOf, deployKeep, RELEASE, type Written } from "../support/config";
import type { PodEnd } from "../support/reach";
import { accepts } from "../support/refusals";
import { asker, pod } from "./asker";

const LABEL = "gateway.networking.k8s.io/gateway-name";
const publicUrl = "https://keep.example.com";

function gateway(className: string, rest: Written = {}) {
    return { kind: "gateway", className, tls: { secretName: "tls" }, ...rest };
}

const existing = {
    kind: "gateway",
    parentRef: { name: "keep-gateway", namespace: "infra" },
    tls: { defaultCertificate: true },
};

function proxy(name: string, namespace = RELEASE): PodEnd {
    return { namespace, labels: { [LABEL]: name } };
}

const hooks = {
    name: "hooks",
    hosts: ["hooks.example.com"],
    tiers: ["backend"],
    ingress: gateway("nginx"),
};

describe("NetworkPolicies behind a Gateway that the stack creates", () => {
    it("let in its proxy, and no other pod of a Gateway", async () => {
        const asks = asker(
            await deployKeep({
                publicUrl,
                ingress: gateway("istio"),
                extraIngresses: [hooks],
                networkPolicy: { enabled: true, edge: [{ namespace: "istio-system" }] },
            }),
        );
        const isOpen = (from: PodEnd) => [
            asks(from, pod("frontend"), 3000),
            asks(from, pod("backend"), 8080),
            asks(from, pod("websocket"), 6001),
        ];
        for (const name of ["keep-gateway", "keep-gateway-hooks"]) {
            assert.deepEqual(isOpen(proxy(name)), [true, true, true], name);
        }
        assert.deepEqual(isOpen(proxy("other")), [false, false, false]);
        assert.deepEqual(isOpen(proxy("keep-gateway", "other")), [false, false, false]);
        assert.equal(asks(proxy("keep-gateway"), pod("redis"), 6379), false);
    });

    it("let in no pods of a Gateway without pods, or of an existing one", async () => {
        const edge = [{ cidr: "0.0.0.0/0" }];
        for (const ingress of [
            gateway("azure-alb-external"),
            gateway("gke-l7-rilb", { implementation: "gke" }),
            gateway("traefik"),
            existing,
        ]) {
            const deployed = await deployKeep({ publicUrl, ingress, networkPolicy: { enabled: true, edge } });
            assert.equal(asker(deployed)(proxy("keep-gateway"), pod("frontend"), 3000), false, JSON.stringify(ingress));
        }
    });

    it("is noted where Pod Security may reject the proxy", async () => {
        const written: Readonly<Record<string, readonly [Written, RegExp | undefined]>> = {
            Istio: [
                { ingress: gateway("istio") },
                /^keep:ingress\.className is istio, .* restricted.* gateways\.seccompProfile\.type/,
            ],
            "the Istio of AKS": [
                { ingress: gateway("approuting-istio") },
                /^keep:ingress\.className is approuting-istio, (?!.*gateways\.).* to baseline$/,
            ],
            kgateway: [{ ingress: gateway("kgateway") }, /^keep:ingress\.className is kgateway, .* to baseline$/],
            "another ingress": [
                { ingress: gateway("envoy"), extraIngresses: [{ ...hooks, ingress: gateway("istio") }] },
                /^keep:extraIngresses\.0\.ingress\.className is istio/,
            ],
            "Envoy Gateway": [{ ingress: gateway("envoy") }, undefined],
            "a namespace with baseline": [
                { ingress: gateway("istio"), namespace: { podSecurity: "baseline" } },
                undefined,
            ],
            "a namespace of its own": [{ ingress: gateway("istio"), namespace: { create: false } }, undefined],
            "an existing Gateway": [{ ingress: existing }, undefined],
        };
        for (const [what, [settings, expected]] of Object.entries(written)) {
            const note = gatewayNote("keep:", await configOf({ publicUrl, ...settings }));
            assert.equal(expected === undefined ? note === undefined : expected.test(note ?? ""), true, what);
        }
    });

    const enabled = { networkPolicy: { enabled: true } };
    const oauth2proxy = { kind: "oauth2proxy", edgeSetsHeaders: true };
    accepts({
        "a Gateway of Istio without an edge": { publicUrl, ingress: gateway("istio"), ...enabled },
        "two such Gateways without an edge": {
            publicUrl,
            ingress: gateway("istio"),
            extraIngresses: [hooks],
            ...enabled,
        },
        "such a Gateway that signs in": { publicUrl, ingress: gateway("istio"), auth: oauth2proxy, ...enabled },
    });
});
