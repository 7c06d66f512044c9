import assert from "node:assert/strict";

import { accepts } from "../support/refusals";
import { encryptedIngress, plainIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { showsMetrics } from "./metrics";
import { models } from "./models/models";

const ALB = "alb.ingress.kubernetes.io";

/** Annotations of the only Ingress. */
async function annotations(settings: Parameters<typeof deployIngress>[0]): Promise<Record<string, string>> {
    return (await deployIngress(settings)).one("Ingress").inputs.metadata.annotations;
}

// What no controller here can be asked: as the clouds' own pages have it.
describe("AWS's load balancer", () => {
    it("sends requests to pods, so that Services need no port on the nodes", async () => {
        assert.equal((await annotations(plainIngress("alb")))[`${ALB}/target-type`], "ip");
    });

    it("listens by https on 443, and on 80 only to redirect there", async () => {
        const encrypted = await annotations(encryptedIngress("alb"));
        assert.deepEqual(JSON.parse(encrypted[`${ALB}/listen-ports`] ?? ""), [{ HTTP: 80 }, { HTTPS: 443 }]);
        assert.equal(encrypted[`${ALB}/ssl-redirect`], "443");

        const plain = await annotations(plainIngress("alb"));
        assert.deepEqual(JSON.parse(plain[`${ALB}/listen-ports`] ?? ""), [{ HTTP: 80 }]);
        assert.equal(plain[`${ALB}/ssl-redirect`], undefined);
    });
});

describe("AWS's load balancer by a kind for any controller", () => {
    const publicUrl = "https://keep.example.com";
    const generic = (tls: object, annotations: object, tierAnnotations: object = {}) => ({
        publicUrl,
        ingress: { kind: "generic", className: "alb", tls, annotations, tierAnnotations },
    });
    const tls = { defaultCertificate: true };
    const certificate = { [`${ALB}/certificate-arn`]: "arn:aws:acm:eu-west-1:111122223333:certificate/a" };

    accepts({
        "the port that a certificate opens": generic(tls, certificate),
        "ports for https beside http": generic(tls, { [`${ALB}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]' }),
        "a port for http where TLS ends elsewhere": generic(
            { terminatedOutside: true },
            { [`${ALB}/scheme`]: "internal" },
        ),
        "two Ingresses of one group": generic(
            tls,
            { ...certificate, [`${ALB}/group.name`]: "keep" },
            { frontend: { [`${ALB}/healthcheck-path`]: "/api/healthcheck" } },
        ),
        "health checks that each Service names": {
            ...generic(tls, certificate),
            backend: { service: { annotations: { [`${ALB}/healthcheck-port`]: "traffic-port" } } },
            frontend: {
                service: {
                    annotations: {
                        [`${ALB}/healthcheck-path`]: "/api/healthcheck",
                        [`${ALB}/healthcheck-port`]: "3000",
                    },
                },
            },
        },
        "health checks at a port of the nodes": {
            ...generic(tls, certificate),
            frontend: { service: { type: "NodePort", annotations: { [`${ALB}/healthcheck-port`]: "30080" } } },
        },
        "annotations of one tier for another controller": generic(
            { secretName: "a" },
            {},
            { frontend: { "konghq.com/plugins": "cors" } },
        ),
    });
});

describe("Google's load balancer", () => {
    accepts({
        "the longest host of a certificate of Google": {
            publicUrl: `https://keep.${"a".repeat(46)}.example.com`,
            ingress: { kind: "gce", tls: { defaultCertificate: true } },
        },
        "longer hosts with a certificate of one's own": {
            publicUrl: `https://keep.${"a".repeat(60)}.example.com`,
            ingress: { kind: "gce", tls: { secretName: "cert" }, extraHosts: [`${"b".repeat(60)}.example.com`] },
            extraIngresses: [
                {
                    hosts: [`${"c".repeat(60)}.example.com`],
                    tiers: ["backend"],
                    ingress: { kind: "alb", tls: { defaultCertificate: true } },
                },
            ],
        },
        "a longer host with a shared certificate": {
            publicUrl: `https://keep.${"a".repeat(60)}.example.com`,
            ingress: {
                kind: "gce",
                tls: { defaultCertificate: true },
                annotations: { "ingress.gcp.kubernetes.io/pre-shared-cert": "keep" },
            },
        },
        "HSTS beside a BackendConfig for live updates": {
            publicUrl: "https://keep.example.com",
            ingress: {
                kind: "gce",
                tls: { secretName: "cert" },
                hsts: {},
                tierAnnotations: { websocket: { "cloud.google.com/backend-config": '{"default":"armor"}' } },
            },
        },
        "a second load balancer with the BackendConfigs of the first": {
            publicUrl: "https://keep.example.com",
            ingress: { kind: "gce", tls: { defaultCertificate: true } },
            extraIngresses: [
                {
                    hosts: ["a.example.com"],
                    ingress: {
                        kind: "generic",
                        tls: { secretName: "cert" },
                        annotations: { "kubernetes.io/ingress.class": "gce-internal" },
                    },
                },
            ],
        },
        "a certificate of Google for an Ingress of its class": {
            publicUrl: "https://keep.example.com",
            ingress: {
                kind: "generic",
                tls: { terminatedOutside: true },
                annotations: {
                    "kubernetes.io/ingress.class": "gce",
                    "networking.gke.io/managed-certificates": "keep",
                },
            },
        },
        "a class of GKE, and one of another controller": {
            ingress: { kind: "gce", className: "gce-regional-external" },
            extraIngresses: [{ hosts: ["a.example.com"], ingress: { kind: "generic", className: "gce-nginx" } }],
        },
    });

    it("redirects to https and has a certificate of Google's only where it is asked to", async () => {
        const own = await deployIngress(encryptedIngress("gce"));
        assert.deepEqual(own.all("ManagedCertificate"), []);
        assert.equal(own.all("FrontendConfig").length, 1);
        const { annotations: encrypted } = own.one("Ingress").inputs.metadata;
        assert.equal(encrypted["networking.gke.io/v1beta1.FrontendConfig"], "keep-gce");
        assert.equal(encrypted["networking.gke.io/managed-certificates"], undefined);

        const plain = await deployIngress(plainIngress("gce"));
        assert.deepEqual([plain.all("ManagedCertificate"), plain.all("FrontendConfig")], [[], []]);
        const { annotations: open } = plain.one("Ingress").inputs.metadata;
        assert.equal(open["networking.gke.io/v1beta1.FrontendConfig"], undefined);
    });

    it("asks every tier over HTTP, and lets requests under way end when a pod stops", async () => {
        const { all } = await deployIngress(plainIngress("gce", { timeoutSeconds: 600 }));
        const configs = all("BackendConfig").map(({ physicalName, inputs }) => {
            const { connectionDraining, healthCheck, timeoutSec } = inputs.spec as {
                connectionDraining: unknown;
                healthCheck: { type: string; requestPath: string; port: number };
                timeoutSec: number;
            };
            assert.deepEqual([connectionDraining, timeoutSec], [{ drainingTimeoutSec: 60 }, 600]);
            return `${physicalName ?? ""} ${healthCheck.type}:${healthCheck.port}${healthCheck.requestPath}`;
        });
        assert.deepEqual(configs, [
            "keep-frontend HTTP:3000/api/healthcheck",
            "keep-backend HTTP:8080/healthcheck",
            "keep-websocket HTTP:6001/ready",
        ]);
    });
});

describe("F5's controller", () => {
    it("takes the prefix off for API and websocket alone", async () => {
        const { "nginx.org/rewrites": rewrites = "" } = await annotations(plainIngress("f5-nginx"));
        assert.deepEqual(rewrites.split(";").sort(), [
            "serviceName=keep-backend rewrite=/",
            "serviceName=keep-websocket rewrite=/",
        ]);
    });

    it("has no path of which its rewrite makes that of the metrics", async () => {
        const keep = await deployIngress(plainIngress("f5-nginx"));
        for (const target of ["/v2/metricsmetrics", "/backend/metricsmetrics", "/backend/metricsmetrics/processing"]) {
            const answer = models["f5-nginx"].answer(keep, { host: "keep.example.com", target, encrypted: false });
            assert.ok(!showsMetrics(answer), target);
        }
    });

    it("says HSTS also to requests whose TLS ended before it", async () => {
        const behind = (more: object) =>
            annotations(encryptedIngress("f5-nginx", { hsts: { preload: true }, ...more }));
        const name = "nginx.org/hsts-behind-proxy";
        assert.equal((await behind({ tls: { terminatedOutside: true } }))[name], "true");
        assert.equal((await behind({}))[name], undefined);
    });
});

describe("OpenShift's router", () => {
    it("is given its permission by the Role of that name", async () => {
        const { one } = await deployIngress(encryptedIngress("openshift"));
        const { metadata } = one("Role").inputs;
        assert.deepEqual(one("RoleBinding").inputs.roleRef, {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "Role",
            name: metadata.name,
        });
        assert.equal(one("RoleBinding").inputs.metadata.namespace, metadata.namespace);
    });

    it("has its permission before the Routes that need it", async () => {
        const { all } = await deployIngress(encryptedIngress("openshift"));
        for (const { name, dependencies } of all("Route")) {
            assert.ok(
                dependencies.some(({ type }) => type.endsWith(":RoleBinding")),
                name,
            );
        }
    });

    it("keeps requests and websockets as long as the stack says", async () => {
        const { all } = await deployIngress(plainIngress("openshift", { timeoutSeconds: 600 }));
        for (const { name, inputs } of all("Route")) {
            const { metadata } = inputs as unknown as { metadata: { annotations: Record<string, string> } };
            assert.deepEqual(
                ["timeout", "timeout-tunnel"].map(
                    (limit) => metadata.annotations[`haproxy.router.openshift.io/${limit}`],
                ),
                ["600s", name.endsWith("websocket") ? "600s" : undefined],
            );
        }
    });
});
