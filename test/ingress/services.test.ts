import assert from "node:assert/strict";

import { loadConfig } from "../../components/settings/stackFile";
import { SERVICE_PORTS } from "../../components/ingress/servicePorts";
import type { IngressConfig } from "../../components/ingress/settings";
import { Keep } from "../../components/keep";
import { deploy } from "../support/harness";
import { asStackConfig, plainIngress } from "../support/ingressConfigs";
import { accepts } from "../support/refusals";

const TIERS = ["frontend", "backend", "websocket"] as const;

/** Annotations and protocol of each tier's Service in a whole Keep. */
async function services(kind: IngressConfig["kind"], frontend: object = {}, ingress: Record<string, unknown> = {}) {
    const config = {
        ...asStackConfig(plainIngress(kind, ingress)),
        "keep:frontend": JSON.stringify(frontend),
    };
    const { one } = await deploy(() => new Keep("keep", loadConfig()), { config });
    return TIERS.map((tier) => {
        const { metadata, spec } = one("Service", `keep-${tier}`).inputs;
        const others = Object.entries(metadata.annotations).filter(([name]) => name !== "pulumi.com/skipAwait");
        const [port] = spec.ports;
        return {
            annotations: Object.fromEntries(others),
            appProtocol: port?.appProtocol,
            port: [port?.name, String(port?.port)],
            type: spec.type,
        };
    });
}

describe("the Services behind a way in", () => {
    const ofAws: Record<string, Parameters<typeof services>> = {
        "by its own kind": ["alb"],
        "by its class": ["generic", {}, { className: "alb" }],
        "by an annotation": [
            "generic",
            {},
            { className: "public", annotations: { "alb.ingress.kubernetes.io/target-type": "ip" } },
        ],
    };
    for (const [sign, args] of Object.entries(ofAws)) {
        it(`tell AWS, known ${sign}, where a healthy pod answers`, async () => {
            const paths = (await services(...args)).map(({ annotations }) => annotations);
            assert.deepEqual(
                paths,
                ["/api/healthcheck", "/healthcheck", "/ready"].map((path) => ({
                    "alb.ingress.kubernetes.io/healthcheck-path": path,
                    "alb.ingress.kubernetes.io/success-codes": "200",
                })),
            );
        });
    }

    it("tell AWS what a tier's own Ingress says about its health", async () => {
        const name = "alb.ingress.kubernetes.io/success-codes";
        const group = { "alb.ingress.kubernetes.io/group.name": "keep" };
        const ingress = { className: "alb", annotations: group, tierAnnotations: { frontend: { [name]: "200-204" } } };
        const [frontend, backend] = await services("generic", {}, ingress);
        assert.deepEqual([frontend?.annotations[name], backend?.annotations[name]], ["200-204", "200"]);
    });

    it("tell Google to send to pods, by the BackendConfig of their name", async () => {
        assert.deepEqual(
            (await services("gce")).map(({ annotations }) => annotations),
            TIERS.map((tier) => ({
                "cloud.google.com/neg": '{"ingress":true}',
                "cloud.google.com/backend-config": `{"default":"keep-${tier}"}`,
            })),
        );
    });

    it("have the ports by which BackendConfigs name them", async () => {
        const ports = (await services("gce")).map(({ port }) => port);
        assert.deepEqual(
            ports,
            TIERS.map((tier) => SERVICE_PORTS[tier]),
        );
    });

    it("tell a Gateway which port speaks websocket", async () => {
        const protocols = (await services("gateway")).map(({ appProtocol }) => appProtocol);
        assert.deepEqual(protocols, [undefined, undefined, "kubernetes.io/ws"]);
    });

    it("carry the stack's own annotations above those, and its type", async () => {
        const name = "alb.ingress.kubernetes.io/healthcheck-path";
        const [frontend] = await services("alb", { service: { type: "NodePort", annotations: { [name]: "/own" } } });
        assert.equal(frontend?.annotations[name], "/own");
        assert.equal(frontend.type, "NodePort");
    });

    it("need nothing elsewhere", async () => {
        assert.deepEqual(
            (await services("nginx")).map(({ annotations, appProtocol }) => ({ annotations, appProtocol })),
            TIERS.map(() => ({ annotations: {}, appProtocol: undefined })),
        );
    });
});

describe("endpoints of Google's load balancers for a Service", () => {
    accepts({
        "a port that has another NEG beside that of Google's load balancer": {
            ingress: { kind: "gce" },
            backend: {
                service: {
                    annotations: { "cloud.google.com/neg": '{"ingress": true, "exposed_ports": {"8080": {}}}' },
                },
            },
            websocket: {
                kind: "soketi",
                service: { annotations: { "cloud.google.com/neg": '{"ingress":true,"exposed_ports":null}' } },
            },
        },
        ...Object.fromEntries(
            [
                { kind: "nginx" },
                { kind: "generic" },
                { kind: "generic", className: "kong" },
                { kind: "generic", annotations: { "kubernetes.io/ingress.class": "istio" } },
                { kind: "gateway", className: "gke-l7-gxlb", implementation: "gke" },
            ].map((ingress) => [
                `a NEG of the user's own for a Service behind ${JSON.stringify(ingress)}`,
                {
                    ingress,
                    backend: {
                        service: {
                            annotations: { "cloud.google.com/neg": '{"exposed_ports":{"8080":{"name":"keep-api"}}}' },
                        },
                    },
                },
            ]),
        ),
    });
});
