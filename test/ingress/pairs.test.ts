import assert from "node:assert/strict";

import { type KindName, kinds } from "../../components/ingress/kinds";
import { deployIngress } from "../support/deployIngress";
import { controllerKinds, encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { accepts } from "../support/refusals";
import { controllerObjects } from "./controllerObjects";
import { metricsPaths, showsMetrics } from "./metrics";
import { models } from "./models/models";
import { backend, frontend, routesWithoutRewrite, routesWithRewrite } from "./routes";

const HOST = "keep.example.com";

function routesOf(kind: KindName) {
    return kinds[kind].rewritesPaths ? routesWithRewrite("/v2", "/websocket") : routesWithoutRewrite;
}

const pairs = controllerKinds.flatMap((first) =>
    controllerKinds.filter((second) => second !== first).map((second) => [first, second] as const),
);

for (const [first, second] of pairs) {
    describe(`the ingress "${first}" beside "${second}"`, () => {
        it("routes webhooks on a host of its own, and changes nothing of the first", async () => {
            const { ingress } = plainIngress(second);
            const extra = { hosts: ["hooks.example.com"], tiers: ["backend"], ingress: { ...ingress, tierHosts: API } };
            const both = await deployIngress({ ...plainIngress(first), extraIngresses: [extra] });
            const alone = await deployIngress(plainIngress(first));
            assert.deepEqual(controllerObjects(first, both).objects, controllerObjects(first, alone).objects);
            assert.deepEqual(both.result, alone.result);

            const { manifests } = controllerObjects(second, both);
            const at = (host: string, target: string) =>
                models[second].answer(manifests, { host, target, encrypted: false });
            if (kinds[second].rewritesPaths) {
                assert.deepEqual(at("hooks.example.com", "/v2/alerts/event"), backend("/alerts/event"));
            }
            assert.deepEqual(at("api.example.com", "/alerts/event"), backend("/alerts/event"));
            for (const target of ["/", "/websocket/app/KEY", "/app/KEY", "/alerts"]) {
                assert.deepEqual(at("hooks.example.com", target), { nobody: true }, target);
            }
            assert.deepEqual(at(HOST, "/"), { nobody: true });
            for (const [host, prefix] of [
                ["hooks.example.com", "/v2"],
                ["api.example.com", ""],
            ] as const) {
                for (const target of metricsPaths(prefix)) assert.ok(!showsMetrics(at(host, target)), host + target);
            }
        });

        if (kinds[first].rewritesPaths !== kinds[second].rewritesPaths) return;

        it("serves the same paths, so that a stack moves from one to the other without an outage", async () => {
            const [one, other]: { readonly usualClass?: string }[] = [kinds[first], kinds[second]];
            const isSame = one?.usualClass !== undefined && one.usualClass === other?.usualClass;
            const [old, next] = [plainIngress(first), plainIngress(second, isSame ? { className: "other" } : {})];
            const steps = await Promise.all([
                deployIngress(old),
                deployIngress({ ...old, extraIngresses: [{ ingress: next.ingress }] }),
                deployIngress({ ...next, extraIngresses: [{ ingress: old.ingress }] }),
                deployIngress(next),
            ]);
            for (const [kind, times] of [
                [first, [steps[0], steps[1], steps[2]]],
                [second, [steps[1], steps[2], steps[3]]],
            ] as const) {
                const [objects, ...others] = times.map((step) => controllerObjects(kind, step).objects);
                const { manifests } = controllerObjects(kind, times[0]);
                for (const other of others) assert.deepEqual(other, objects);
                for (const [target, expected] of Object.entries(routesOf(kind))) {
                    assert.deepEqual(
                        models[kind].answer(manifests, { host: HOST, target, encrypted: false }),
                        expected,
                    );
                }
            }
            for (const { result } of steps) assert.deepEqual(result, steps[0].result);
        });
    });
}

const API = { backend: "api.example.com" };

describe("several ingresses", () => {
    const gke = { implementation: "gke", className: "gke-l7-rilb" };
    for (const [what, { ingress, ...settings }] of [
        ...controllerKinds.map((kind) => [kind, plainIngress(kind)] as const),
        ["gateway of GKE", plainIngress("gateway", gke)] as const,
    ]) {
        it(`keep the URN of each object if one of ${what} becomes another`, async () => {
            const other = plainIngress(what === "traefik" ? "nginx" : "traefik").ingress;
            const exposed = {
                ingress: { ...ingress, tierHosts: API },
                hosts: ["hooks.example.com"],
                tiers: ["backend"],
            };
            const two = { ...settings, ingress, extraIngresses: [{ ...exposed, name: "hooks" }] };
            const steps = [
                { ...settings, ingress },
                { ...settings, ingress: other, extraIngresses: [exposed] },
                ...(what === "gce" ? [] : [two, { ...two, ingress: other }]),
            ];
            const urns = new Map<string, string>();
            for (const { resources } of await Promise.all(steps.map(deployIngress))) {
                for (const { urn, type, physicalName } of resources.filter(({ custom }) => custom)) {
                    const object = `${type} ${physicalName ?? ""}`;
                    assert.equal(urn, urns.get(object) ?? urn);
                    urns.set(object, urn);
                }
            }
        });
    }

    const letsencrypt = { tls: { clusterIssuer: "letsencrypt" } };

    it("share one certificate for their hosts", async () => {
        const next = { hosts: ["new.example.com"], ingress: encryptedIngress("traefik", letsencrypt).ingress };
        const { one } = await deployIngress({ ...encryptedIngress("nginx", letsencrypt), extraIngresses: [next] });
        const { inputs, name } = one("Certificate");
        assert.equal(name, "keep-ingress-certificate");
        const { secretName, dnsNames } = inputs.spec as Record<string, unknown>;
        assert.deepEqual([secretName, dnsNames], ["keep.tls", [HOST, "new.example.com"]]);
    });

    it("of one kind have objects and certificates of their own, by name", async () => {
        const { ingress } = encryptedIngress("nginx", { ...letsencrypt, className: "internal" });
        const internal = { name: "internal", hosts: ["keep.corp.example"], ingress };
        const { all } = await deployIngress({ ...encryptedIngress("nginx", letsencrypt), extraIngresses: [internal] });
        assert.deepEqual(
            all("Ingress").map(({ physicalName, inputs }) => [
                physicalName,
                inputs.spec.ingressClassName,
                inputs.spec.tls[0]?.secretName,
            ]),
            [
                ["keep-nginx", "nginx", "keep.tls"],
                ["keep-nginx-internal", "internal", "keep.tls-internal"],
            ],
        );
        assert.deepEqual(
            all("Certificate").map(({ inputs }) => (inputs.spec as { dnsNames: unknown }).dnsNames),
            [[HOST], ["keep.corp.example"]],
        );
    });

    it("give no path to a tier that one leaves out", async () => {
        const extra = { hosts: ["ui.corp.example"], tiers: ["frontend"], ingress: plainIngress("traefik").ingress };
        const both = await deployIngress({ ...plainIngress("nginx"), extraIngresses: [extra] });
        const { manifests } = controllerObjects("traefik", both);
        const at = (target: string) =>
            models.traefik.answer(manifests, { host: "ui.corp.example", target, encrypted: false });
        assert.deepEqual(at("/incidents"), frontend("/incidents"));
        assert.deepEqual(at("/v2/alerts"), frontend("/v2/alerts"));
    });
    accepts({
        "https for webhooks beside an internal http address": {
            ingress: { kind: "nginx" },
            extraIngresses: [
                {
                    hosts: ["hooks.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "alb", scheme: "internet-facing", tls: { defaultCertificate: true } },
                },
            ],
        },
    });
});
