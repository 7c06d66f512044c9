import assert from "node:assert/strict";

import { kinds } from "../../components/ingress/kinds";
import { controllerKinds, encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { deployKeep } from "../support/config";
import { metricsPaths, showsMetrics } from "./metrics";
import { models } from "./models/models";
import { backend, routesWithoutRewrite, routesWithRewrite, websocket } from "./routes";

const HOST = "keep.example.com";
const tierHosts = { backend: "api.example.com", websocket: "live.example.com" };

for (const kind of controllerKinds) {
    describe(`a host for one tier, by the ingress "${kind}"`, () => {
        const { answer, certificate } = models[kind];

        it("serves the API and live updates without a prefix, beside the shared host", async () => {
            const keep = await deployIngress(plainIngress(kind, { tierHosts }));
            const at = (host: string, target: string) => answer(keep, { host, target, encrypted: false });
            const shared = kinds[kind].rewritesPaths ? routesWithRewrite("/v2", "/websocket") : routesWithoutRewrite;
            for (const [target, expected] of Object.entries(shared)) assert.deepEqual(at(HOST, target), expected);
            for (const target of ["/", "/alerts/event/grafana?x=1", "/docs"]) {
                assert.deepEqual(at("api.example.com", target), backend(target));
            }
            assert.deepEqual(at("live.example.com", "/app/KEY?protocol=7"), websocket("/app/KEY?protocol=7"));
        });

        it("shows no metrics on the API's host", async () => {
            const keep = await deployIngress(plainIngress(kind, { tierHosts }));
            for (const target of metricsPaths("")) {
                assert.ok(!showsMetrics(answer(keep, { host: "api.example.com", target, encrypted: false })), target);
            }
        });

        it("has the host's certificate, and its address among the public ones", async () => {
            const keep = await deployIngress(encryptedIngress(kind, { tierHosts }));
            assert.equal(certificate(keep, "api.example.com"), certificate(keep, HOST));
            assert.equal(keep.result.backend, "https://api.example.com");
            assert.equal(keep.result.websocket, "wss://live.example.com/app");
            assert.deepEqual(keep.result.pusher, { host: "live.example.com", port: 443 });
            assert.equal(keep.result.frontend, "https://keep.example.com");
        });
    });

    if (kinds[kind].supports.tierAnnotations !== true) continue;

    describe(`annotations for one tier, by the ingress "${kind}"`, () => {
        const tierAnnotations = { frontend: { "example.com/sign-in": "on" } };

        it("are on that tier alone, and change no route", async () => {
            const keep = await deployIngress(plainIngress(kind, { tierAnnotations }));
            const expected = kinds[kind].rewritesPaths ? routesWithRewrite("/v2", "/websocket") : routesWithoutRewrite;
            for (const [target, answered] of Object.entries(expected)) {
                assert.deepEqual(models[kind].answer(keep, { host: HOST, target, encrypted: false }), answered, target);
            }
            const { resources } = await deployKeep({ ...plainIngress(kind, { tierAnnotations }) });
            const marked = resources.filter(({ inputs }) => JSON.stringify(inputs).includes("example.com/sign-in"));
            assert.ok(marked.length > 0);
            for (const { type, inputs } of marked) {
                const text = JSON.stringify(inputs);
                assert.ok(text.includes("keep-frontend"), type);
                assert.ok(type.endsWith(":Service") || !/keep-(backend|websocket)/.test(text), text);
            }
        });
    });
}

describe("what the program decides in annotations", () => {
    it("is joined with a user's middlewares on Traefik, which run first, and not on the redirect", async () => {
        const name = "traefik.ingress.kubernetes.io/router.middlewares";
        const { all } = await deployIngress(
            encryptedIngress("traefik", {
                annotations: {
                    [name]: "ops-allow@kubernetescrd",
                    "traefik.ingress.kubernetes.io/router.tls.options": "o@file",
                },
                tierAnnotations: { frontend: { [name]: "sso-auth@kubernetescrd" } },
            }),
        );
        const found = Object.fromEntries(
            all("Ingress").map(({ physicalName, inputs }): [string, Record<string, string>] => [
                physicalName ?? "",
                inputs.metadata.annotations,
            ]),
        );
        assert.deepEqual(
            Object.fromEntries(Object.entries(found).map(([ingress, annotations]) => [ingress, annotations[name]])),
            {
                "keep-traefik-backend": "ops-allow@kubernetescrd,keep-keep-traefik-strip@kubernetescrd",
                "keep-traefik-websocket": "ops-allow@kubernetescrd,keep-keep-traefik-strip@kubernetescrd",
                "keep-traefik-frontend": "sso-auth@kubernetescrd,ops-allow@kubernetescrd",
                "keep-traefik-metrics": "sso-auth@kubernetescrd,ops-allow@kubernetescrd",
                "keep-traefik-proxied-metrics": "ops-allow@kubernetescrd",
                "keep-traefik-redirect": "keep-keep-traefik-https@kubernetescrd",
            },
        );
        assert.equal(found["keep-traefik-redirect"]?.["traefik.ingress.kubernetes.io/router.tls.options"], undefined);
    });

    for (const [kind, type] of [
        ["gateway", "HTTPRoute"],
        ["generic", "Ingress"],
    ] as const) {
        it(`leaves the plugins of all tiers beside those of one with Kong, by the ingress "${kind}"`, async () => {
            const name = "konghq.com/plugins";
            const { one } = await deployIngress({
                ...plainIngress(kind, {
                    className: "kong",
                    annotations: { [name]: "restrict-ip, size" },
                    tierAnnotations: { frontend: { [name]: "rate-limit,size" } },
                }),
            });
            const { annotations } = one(type, `keep-${kind}-frontend`).inputs.metadata as {
                annotations: Record<string, string>;
            };
            assert.equal(annotations[name], "rate-limit,size,restrict-ip");
        });
    }

    it("is joined with a user's attributes of an AWS load balancer", async () => {
        const name = "alb.ingress.kubernetes.io/load-balancer-attributes";
        const annotations = { [name]: "deletion_protection.enabled=true" };
        const { one } = await deployIngress(plainIngress("alb", { annotations }));
        assert.equal(
            one("Ingress").inputs.metadata.annotations[name],
            "deletion_protection.enabled=true,idle_timeout.timeout_seconds=3600",
        );
    });

    it("gives way to a FrontendConfig of one's own on GKE", async () => {
        const name = "networking.gke.io/v1beta1.FrontendConfig";
        const { all, one } = await deployIngress(encryptedIngress("gce", { annotations: { [name]: "strict-tls" } }));
        assert.deepEqual(all("FrontendConfig"), []);
        assert.equal(one("Ingress").inputs.metadata.annotations[name], "strict-tls");
    });

    for (const kind of controllerKinds) {
        it(`is listed for ${kind}, each annotation with its setting`, async () => {
            const { managedAnnotations, supports } = kinds[kind];
            const { all } = await deployIngress(
                encryptedIngress(
                    kind,
                    supports.hsts === true ? { hsts: { includeSubdomains: true, preload: true } } : {},
                ),
            );
            const names = ["Ingress", "Route"]
                .flatMap((type) => all(type))
                .flatMap(({ inputs }) => Object.keys((inputs.metadata as { annotations?: object }).annotations ?? {}))
                .filter((name) => !SHARED.includes(name));
            const unmanaged = [...new Set(names)].filter(
                (name) =>
                    !Object.keys(managedAnnotations).some((pattern) =>
                        pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
                    ),
            );
            assert.deepEqual(unmanaged.sort(), OPEN[kind] ?? []);
        });
    }
});

/** Annotations of every Ingress, and those that a user may add to or replace. */
const SHARED = ["pulumi.com/skipAwait", "kubernetes.io/ingress.class"];
const OPEN: Readonly<Partial<Record<(typeof controllerKinds)[number], readonly string[]>>> = {
    nginx: [
        "nginx.ingress.kubernetes.io/proxy-buffer-size",
        "nginx.ingress.kubernetes.io/proxy-buffers-number",
        "nginx.ingress.kubernetes.io/proxy-busy-buffers-size",
    ],
    "f5-nginx": ["nginx.org/proxy-buffer-size", "nginx.org/proxy-buffers", "nginx.org/proxy-busy-buffers-size"],
    haproxy: ["haproxy.org/response-set-header"],
    traefik: ["traefik.ingress.kubernetes.io/router.middlewares"],
    alb: [
        "alb.ingress.kubernetes.io/listener-attributes.HTTPS-443",
        "alb.ingress.kubernetes.io/load-balancer-attributes",
    ],
    gce: ["networking.gke.io/v1beta1.FrontendConfig"],
};
