import assert from "node:assert/strict";

import { encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { accepts } from "../support/refusals";

const PUBLIC_URL = "https://keep.example.com";

interface Route {
    readonly parentRefs: unknown;
    readonly rules: readonly { readonly timeouts?: unknown; readonly filters?: readonly unknown[] }[];
}

interface Gateway {
    readonly infrastructure?: unknown;
}

describe('the way in "gateway"', () => {
    it("joins a Gateway that exists, and redirects from its plain listener", async () => {
        const shared = { name: "shared", namespace: "infra", sectionName: "https" };
        const { all, one } = await deployIngress({
            publicUrl: PUBLIC_URL,
            ingress: {
                kind: "gateway",
                parentRef: { ...shared, redirectSection: "http" },
                tls: { defaultCertificate: true },
            },
        });
        assert.deepEqual(all("Gateway"), []);
        const [route, redirect] = ["keep-gateway", "keep-gateway-redirect"].map(
            (name) => one("HTTPRoute", name).inputs.spec as Route,
        );
        assert.deepEqual(route?.parentRefs, [shared]);
        assert.deepEqual(redirect?.parentRefs, [{ ...shared, sectionName: "http" }]);
        assert.deepEqual(redirect.rules, [
            { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
        ]);
    });

    it("attaches to every listener when none is named, without a redirect", async () => {
        const { one } = await deployIngress(
            plainIngress("gateway", { className: undefined, parentRef: { name: "shared" } }),
        );
        assert.deepEqual((one("HTTPRoute").inputs.spec as Route).parentRefs, [{ name: "shared" }]);
    });

    it("makes a Gateway of the class, one listener a scheme", async () => {
        const { one } = await deployIngress(encryptedIngress("gateway", { className: "envoy" }));
        assert.deepEqual(one("Gateway").inputs.spec, {
            gatewayClassName: "envoy",
            infrastructure: { labels: {} },
            listeners: [
                { name: "http", port: 80, protocol: "HTTP" },
                {
                    name: "https",
                    port: 443,
                    protocol: "HTTPS",
                    tls: { mode: "Terminate", certificateRefs: [{ name: "keep-certificate" }] },
                },
            ],
        });
    });

    it("limits requests, but not websockets", async () => {
        const { one } = await deployIngress(plainIngress("gateway", { timeoutSeconds: 600 }));
        const { rules } = one("HTTPRoute").inputs.spec as Route;
        assert.deepEqual(
            rules.map(({ timeouts }) => timeouts),
            [{ request: "600s" }, { request: "600s" }, { request: "0s" }, { request: "600s" }, { request: "600s" }],
        );
    });

    it("tells browsers to come by https", async () => {
        const { one } = await deployIngress(encryptedIngress("gateway", { hsts: { includeSubdomains: true } }));
        const { rules } = one("HTTPRoute", "keep-gateway").inputs.spec as Route;
        const header = { name: "Strict-Transport-Security", value: "max-age=31536000;includeSubDomains" };
        for (const { filters } of rules) {
            assert.deepEqual(filters?.at(-1), {
                type: "ResponseHeaderModifier",
                responseHeaderModifier: { set: [header] },
            });
        }
    });

    it("says time limits and health checks to Google in its own objects", async () => {
        const { all, one } = await deployIngress(
            plainIngress("gateway", { className: "gke-l7-rilb", implementation: "gke", timeoutSeconds: 600 }),
        );
        const { rules } = one("HTTPRoute").inputs.spec as Route;
        assert.deepEqual(rules.map(({ timeouts }) => timeouts).filter(Boolean), []);
        const targets = ["keep-frontend", "keep-backend", "keep-websocket"];
        for (const kind of ["HealthCheckPolicy", "GCPBackendPolicy"]) {
            assert.deepEqual(
                all(kind).map(({ inputs }) => (inputs.spec as { targetRef: unknown }).targetRef),
                targets.map((name) => ({ group: "", kind: "Service", name })),
            );
        }
        assert.deepEqual(
            all("GCPBackendPolicy").map(({ inputs }) => (inputs.spec as { default: unknown }).default),
            targets.map(() => ({ timeoutSec: 600 })),
        );
        const paths = all("HealthCheckPolicy").map(
            ({ inputs }) =>
                (inputs.spec as { default: { config: { httpHealthCheck: { requestPath: string } } } }).default.config
                    .httpHealthCheck.requestPath,
        );
        assert.deepEqual(paths, ["/api/healthcheck", "/healthcheck", "/ready"]);
    });

    it("creates Google's policies of a Service once for two Gateways", async () => {
        const { all } = await deployIngress({
            ...plainIngress("gateway", { className: "gke-l7-rilb", implementation: "gke" }),
            extraIngresses: [
                {
                    name: "hooks",
                    hosts: ["hooks.example.com"],
                    tiers: ["backend"],
                    ingress: { kind: "gateway", className: "gke-l7-gxlb", implementation: "gke" },
                },
            ],
        });
        assert.deepEqual(
            ["Gateway", "HealthCheckPolicy", "GCPBackendPolicy"].map((kind) => all(kind).length),
            [2, 3, 3],
        );
    });

    it("leaves the policies of Google's backends to the user, but not the health checks", async () => {
        const settings = { className: "gke-l7-rilb", implementation: "gke", backendPolicies: false };
        const { all } = await deployIngress(plainIngress("gateway", settings));
        assert.deepEqual(
            ["HealthCheckPolicy", "GCPBackendPolicy"].map((kind) => all(kind).length),
            [3, 0],
        );
    });

    it("attaches to listeners of any kind, by port, and to several parents", async () => {
        const parentRef = { name: "team", kind: "ListenerSet", group: "gateway.networking.k8s.io", port: 8443 };
        const second = { name: "internal", sectionName: "https", redirectSection: "http" };
        const { one } = await deployIngress({
            publicUrl: PUBLIC_URL,
            ingress: {
                kind: "gateway",
                parentRef,
                extraParentRefs: [second],
                tls: { defaultCertificate: true },
            },
        });
        const { parentRefs } = one("HTTPRoute", "keep-gateway").inputs.spec as Route;
        assert.deepEqual(parentRefs, [parentRef, { name: "internal", sectionName: "https" }]);
        const redirect = one("HTTPRoute", "keep-gateway-redirect").inputs.spec as Route;
        assert.deepEqual(redirect.parentRefs, [{ name: "internal", sectionName: "http" }]);
    });

    it("redirects once from a listener that two https listeners of a Gateway name, and without their port", async () => {
        const shared = { name: "shared", redirectSection: "http" };
        const { one } = await deployIngress({
            publicUrl: PUBLIC_URL,
            ingress: {
                kind: "gateway",
                parentRef: { ...shared, sectionName: "https", port: 443 },
                extraParentRefs: [{ ...shared, sectionName: "internal", port: 8443 }],
                tls: { defaultCertificate: true },
            },
        });
        const { parentRefs } = one("HTTPRoute", "keep-gateway-redirect").inputs.spec as Route;
        assert.deepEqual(parentRefs, [{ name: "shared", sectionName: "http" }]);
    });

    it("takes the certificate of a Gateway on GKE from a map of Google", async () => {
        const { one } = await deployIngress(
            encryptedIngress("gateway", {
                className: "gke-l7-global-external-managed",
                implementation: "gke",
                tls: { defaultCertificate: true },
                annotations: { "networking.gke.io/certmap": "keep" },
            }),
        );
        const { metadata, spec } = one("Gateway").inputs as { metadata: { annotations: object }; spec: object };
        assert.deepEqual(metadata.annotations, { "networking.gke.io/certmap": "keep" });
        assert.deepEqual(spec, {
            gatewayClassName: "gke-l7-global-external-managed",
            listeners: [
                { name: "http", port: 80, protocol: "HTTP" },
                { name: "https", port: 443, protocol: "HTTPS" },
            ],
        });
        assert.ok(one("HTTPRoute", "keep-gateway-redirect"));
    });

    it("has the addresses of a Gateway of its own", async () => {
        const addresses = [{ value: "192.0.2.10" }, { type: "NamedAddress", value: "keep" }];
        const { one } = await deployIngress(plainIngress("gateway", { addresses }));
        assert.deepEqual((one("Gateway").inputs.spec as { addresses: unknown }).addresses, [
            { type: "IPAddress", value: "192.0.2.10" },
            { type: "NamedAddress", value: "keep" },
        ]);
    });

    it("passes annotations and the user's labels on to the Service of a Gateway", async () => {
        const annotations = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
        const { one } = await deployIngress({
            ...plainIngress("gateway", { className: "envoy", annotations }),
            labels: { team: "ops" },
        });
        const { metadata, spec } = one("Gateway").inputs as { metadata: { annotations: unknown }; spec: Gateway };
        assert.deepEqual(spec.infrastructure, { annotations, labels: { team: "ops" } });
        assert.deepEqual(metadata.annotations, annotations);
    });

    it("passes nothing on where the load balancer has no Service", async () => {
        for (const settings of [
            { className: "gke-l7-rilb", implementation: "gke" },
            { className: "azure-alb-external" },
        ]) {
            const { one } = await deployIngress(plainIngress("gateway", { ...settings, annotations: { a: "b" } }));
            assert.equal((one("Gateway").inputs.spec as Gateway).infrastructure, undefined);
        }
    });

    accepts({
        "annotations of Kong, which reads them of routes": {
            ...plainIngress("gateway", {
                className: "kong",
                annotations: { "konghq.com/plugins": "ip-restriction", "konghq.com/strip-path": true },
                tierAnnotations: { frontend: { "konghq.com/plugins": "oidc" } },
            }),
        },
        "annotations of Kong where the class is not known": {
            ...plainIngress("gateway", {
                className: undefined,
                parentRef: { name: "shared" },
                annotations: { "konghq.com/plugins": "ip-restriction" },
            }),
        },
    });
});
