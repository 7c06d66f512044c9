import assert from "node:assert/strict";

import { minimal } from "../support/config";
import { containersOf, envOf, podOf } from "../support/objects";
import { allows } from "../support/reach";
import { problems } from "../support/refusals";
import { monitored, WITH_CONSUMER, WITH_WORKERS } from "./monitored";

describe("monitoring", () => {
    it("is nothing unless asked for", async () => {
        const { monitors, rules, dashboards, all } = await monitored({});

        assert.deepEqual([monitors, rules, dashboards], [[], [], []]);
        assert.equal(
            all("Secret").some(({ physicalName }) => physicalName === "keep.metrics"),
            false,
        );
    });

    it("takes an interval of two minutes, and a longer one without rules that need two samples in five minutes", async () => {
        for (const monitoring of [
            { enabled: true, interval: "2m" },
            { enabled: true, interval: "120s" },
            { enabled: true, interval: "10m", rules: false },
        ]) {
            assert.deepEqual(await problems(minimal({ monitoring })), [], JSON.stringify(monitoring));
        }
    });

    it("creates its key with tenants of Keycloak's groups too, as metrics of processes belong to no tenant", async () => {
        const client = { clientId: "keep", url: "https://kc.example.com", realm: "r", adminUser: "a" };
        const written = minimal({
            monitoring: { enabled: true },
            auth: { kind: "keycloak", ...client, rolesFromGroups: true },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
        });
        assert.deepEqual(await problems(written), []);
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

    it("names the protocol of Soketi's metrics, which have no Content-Type, unless the operator is too old for it", async () => {
        const protocols = async (monitoring: object) =>
            (await monitored({ ...WITH_CONSUMER, monitoring: { enabled: true, ...monitoring } })).monitors
                .filter(({ spec }) => spec.fallbackScrapeProtocol !== undefined)
                .map(({ metadata, spec }) => [metadata.name, spec.fallbackScrapeProtocol]);

        assert.deepEqual(await protocols({}), [["keep-websocket", "PrometheusText0.0.4"]]);
        assert.deepEqual(await protocols({ fallbackScrapeProtocol: false }), []);
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
});
