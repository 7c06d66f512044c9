import assert from "node:assert/strict";

import { parser } from "@prometheus-io/lezer-promql";

import type { AlertingRule } from "../../components/monitoring/rules";
import { deployKeep, deployStack, minimal, type Written } from "../support/config";
import { containersOf, envOf, mainContainer, podOf } from "../support/objects";
import { allows } from "../support/reach";
import { refuses } from "../support/refusals";

const ON: Written = { monitoring: { enabled: true, labels: { release: "prometheus" } } };
const WITH_WORKERS: Written = { ...ON, database: { kind: "postgres" }, redis: { kind: "bundled" } };

const WITH_CONSUMER: Written = { ...WITH_WORKERS, consumer: { enabled: true } };

interface PodMonitor {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
        readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
        readonly podMetricsEndpoints: readonly { readonly port: string }[];
    };
}

async function monitored(written: Written = ON) {
    const release = await deployKeep(written);
    return {
        ...release,
        monitors: release.all("PodMonitor").map(({ inputs }) => inputs as unknown as PodMonitor),
        rules: release
            .all("PrometheusRule")
            .flatMap(({ inputs }) => (inputs.spec as { groups: { rules: AlertingRule[] }[] }).groups)
            .flatMap((group) => group.rules),
        dashboards: release.all("ConfigMap").filter(({ name }) => name.endsWith("-dashboard")),
    };
}

interface Dashboard {
    readonly title: string;
    readonly panels: {
        readonly title: string;
        readonly gridPos: { readonly x: number; readonly y: number };
        readonly targets: { readonly expr: string; readonly refId: string }[];
    }[];
}

function modelIn(data: Readonly<Record<string, string>>): Dashboard {
    return JSON.parse(Object.values(data)[0] ?? "") as Dashboard;
}

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

    it("signs in to the API with a key that the setup step makes there", async () => {
        const { monitors, one, resources } = await monitored(WITH_WORKERS);

        assert.deepEqual(monitors[0]?.spec.podMetricsEndpoints, [
            {
                port: "http",
                path: "/metrics/processing",
                interval: "30s",
                basicAuth: {
                    username: { name: "keep.metrics", key: "username" },
                    password: { name: "keep.metrics", key: "password" },
                },
            },
        ]);
        const { password } = one("Secret", "keep.metrics").inputs.stringData;
        assert.equal(envOf(mainContainer(resources, "setup")).KEEP_DEFAULT_API_KEYS, "Secret keep.setup/api-keys");
        assert.match(
            one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "",
            new RegExp(`^metrics-[0-9a-f]{8}:noc:${password ?? "?"}$`),
        );
    });

    it("adds its key to those of the stack, under another name when it changes", async () => {
        const { one } = await monitored({ ...WITH_WORKERS, apiKeys: "grafana:webhook:own-key" });
        // Another stack, and so another generated key.
        const other = await deployStack({ ...minimal(WITH_WORKERS), stack: "other" });

        const keys = (one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "").split(",");
        const [otherKey] = (other.one("Secret", "keep.setup").inputs.stringData["api-keys"] ?? "").split(":");
        assert.equal(keys[0], "grafana:webhook:own-key");
        assert.notEqual(keys[1]?.split(":")[0], otherKey);
    });

    it("takes a key of the stack's own, and makes none", async () => {
        const { monitors, one } = await monitored({
            monitoring: { enabled: true, apiKeySecret: { name: "own", key: "api" } },
        });

        assert.deepEqual((monitors[0]?.spec.podMetricsEndpoints[0] as { basicAuth?: unknown }).basicAuth, {
            username: { name: "keep.metrics", key: "username" },
            password: { name: "own", key: "api" },
        });
        assert.deepEqual(Object.keys(one("Secret", "keep.metrics").inputs.stringData), ["username"]);
        assert.equal("api-keys" in one("Secret", "keep.setup").inputs.stringData, false);
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

    for (const [what, written] of Object.entries({
        "with workers": WITH_WORKERS,
        "with a consumer": WITH_CONSUMER,
        "without them": ON,
    })) {
        it(`asks Prometheus in its own language, ${what}, and only of what is scraped`, async () => {
            const { monitors, rules, dashboards } = await monitored(written);
            const model = modelIn(dashboards[0]?.inputs.data ?? {});
            const queries = [
                ...rules.map(({ expr }) => expr),
                ...model.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
            ];

            assert.ok(queries.length > 15);
            const jobs = monitors.map(({ metadata }) => `keep/${metadata.name}`);
            for (const query of queries) {
                assert.deepEqual(faultsOf(query.replaceAll("$__rate_interval", "5m")), [], query);
                const asked = [...query.matchAll(/job=~?"([^"]*)"/g)].flatMap(([, names = ""]) => names.split("|"));
                assert.ok(asked.length > 0, query);
                assert.deepEqual(
                    asked.filter((job) => !jobs.includes(job)),
                    [],
                );
            }
        });
    }

    it("alerts when a part that the stack has is gone", async () => {
        const { rules } = await monitored();

        const names = rules.map(({ alert }) => alert);
        assert.ok(names.includes("KeepApiDown") && names.includes("KeepLiveUpdatesDown"));
        assert.equal(names.includes("KeepWorkersDown"), false);
    });

    it("draws a dashboard that Grafana's sidecar finds, its panels beside each other", async () => {
        const { dashboards } = await monitored({
            monitoring: { enabled: true, dashboard: { annotations: { grafana_folder: "Keep" } } },
        });

        const [dashboard] = dashboards;
        assert.equal(dashboard?.inputs.metadata.labels.grafana_dashboard, "1");
        assert.deepEqual(dashboard.inputs.metadata.annotations, { grafana_folder: "Keep" });
        const { title, panels } = modelIn(dashboard.inputs.data);
        assert.equal(title, "Keep (keep/keep)");
        assert.equal(new Set(panels.map(({ gridPos }) => `${gridPos.x}:${gridPos.y}`)).size, panels.length);
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
            "keep:monitoring.apiKeySecret is missing: with keep:auth.kind auth0 Keep makes no API key at its start. Make one of role noc in Keep, put it into a Secret, and name that.",
        ],
        "monitoring that no policy lets in": [
            { ...ON, networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] } },
            "keep:networkPolicy.monitoring is empty, so that no Prometheus would reach the metrics. Name where it runs, such as [{namespace: monitoring}].",
        ],
        "an interval that is none": [
            { monitoring: { interval: "often" } },
            'keep:monitoring.interval ("often") is not an interval. Write it like 30s or 1m.',
        ],
    });
});

/** Where a query is no PromQL. */
function faultsOf(query: string): string[] {
    const faults: string[] = [];
    parser.parse(query).iterate({
        enter: ({ type, from, to }) => {
            if (type.isError) faults.push(`${from}: ${query.slice(from, to)}`);
        },
    });
    return faults;
}
