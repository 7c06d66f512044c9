import assert from "node:assert/strict";

import { containersOf, envOf, podOf } from "../support/objects";
import { allows } from "../support/reach";
import { refuses } from "../support/refusals";
import { monitored, ON, WITH_CONSUMER, WITH_WORKERS } from "./monitored";

describe("monitoring", () => {
    it("is nothing unless asked for", async () => {
        const { monitors, rules, dashboards, all } = await monitored({});

        assert.deepEqual([monitors, rules, dashboards], [[], [], []]);
        assert.equal(
            all("Secret").some(({ physicalName }) => physicalName === "keep.metrics"),
            false,
        );
    });

    it("scrapes every part that tells metrics, at a port that its pods have", async () => {
        const { monitors, resources } = await monitored(WITH_CONSUMER);

        assert.deepEqual(
            monitors.map(({ metadata }) => metadata.name),
            ["keep-backend", "keep-consumer", "keep-worker", "keep-websocket"],
        );
        for (const { metadata, spec } of monitors) {
            const pods = podOf(resources, metadata.name.replace("keep-", ""));
            for (const [label, value] of Object.entries(spec.selector.matchLabels)) {
                assert.equal(pods.labels[label], value);
            }
            const ports = containersOf(pods).flatMap(({ ports: open = [] }) => open.map(({ name }) => name));
            assert.ok(ports.includes(spec.podMetricsEndpoints[0]?.port), metadata.name);
            assert.equal(metadata.labels.release, "prometheus");
        }
    });

    it("reads what workers count from a container beside them, which only reads", async () => {
        const { resources } = await monitored({ ...WITH_WORKERS, worker: { image: "registry.example.com/own:1" } });

        const [worker, metrics] = podOf(resources, "worker").spec.containers;
        assert.equal(metrics?.image, worker?.image);
        assert.deepEqual(metrics?.volumeMounts, [{ name: "tmp", mountPath: "/tmp", readOnly: true }]);
        assert.equal(envOf(metrics).PROMETHEUS_MULTIPROC_DIR, worker && envOf(worker).PROMETHEUS_MULTIPROC_DIR);
        const without = await monitored({ ...WITH_WORKERS, monitoring: {} });
        assert.equal(podOf(without.resources, "worker").spec.containers.length, 1);
    });

    it("passes the network policies, alone", async () => {
        const { all, resources } = await monitored({
            ...WITH_CONSUMER,
            networkPolicy: {
                enabled: true,
                edge: [{ namespace: "ingress-nginx" }],
                monitoring: [{ namespace: "monitoring" }],
            },
        });

        const policies = all("NetworkPolicy").map(({ inputs }) => inputs);
        const worker = { namespace: "keep", labels: podOf(resources, "worker").labels };
        assert.equal(allows(policies, { namespace: "monitoring", labels: {} }, worker, 9102), true);
        assert.equal(allows(policies, { namespace: "ingress-nginx", labels: {} }, worker, 9102), false);
        const consumer = { namespace: "keep", labels: podOf(resources, "consumer").labels };
        assert.equal(allows(policies, { namespace: "monitoring", labels: {} }, consumer, 8080), true);
        assert.equal(allows(policies, { namespace: "ingress-nginx", labels: {} }, consumer, 8080), false);
    });

    it("leaves out what the stack declines", async () => {
        const { monitors, rules, dashboards } = await monitored({
            monitoring: { enabled: true, rules: false, dashboard: { enabled: false } },
        });

        assert.equal(monitors.length, 2);
        assert.deepEqual([rules, dashboards], [[], []]);
    });

    refuses({
        "monitoring with Auth0, where Keep makes no first keys": [
            {
                ...ON,
                auth: { kind: "auth0", clientId: "keep", domain: "team.eu.auth0.com" },
                authClientSecret: "secret-of-the-client",
            },
            "keep:monitoring.apiKeySecret is missing: with keep:auth.kind auth0 setup creates no API key. Create one with role noc in Keep, store it in a Secret, and name that Secret here.",
        ],
        "monitoring that no policy lets in": [
            { ...ON, networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] } },
            "keep:networkPolicy.monitoring is empty, so no Prometheus can reach the metrics. Name where it runs, such as [{namespace: monitoring}].",
        ],
        "an interval that is none": [
            { monitoring: { interval: "often" } },
            'keep:monitoring.interval ("often") is not an interval. Write it like 30s or 1m.',
        ],
    });
});
