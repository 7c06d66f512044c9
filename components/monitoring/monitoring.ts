import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { KeepConfig } from "../settings/resolve";
import { computed } from "../tokens";
import { type Release, type Scope, scopeOf } from "../naming";
import type { MetricsLogin } from "../secrets/metricsLogin";
import { backendEndpoint } from "../tiers/backend";
import { WORKER_METRICS_PORT } from "../tiers/workerMetrics";
import { dashboard } from "./dashboard";
import { alertingRules } from "./alertingRules";
import { type Target, targetsOf } from "./targets";

/** Arguments of Monitoring. */
export interface MonitoringArgs {
    readonly release: Release;
    readonly config: KeepConfig;
    readonly login: MetricsLogin;
}

/**
 * Targets whose metrics come without a Content-Type: Soketi sends none (src/http-handler.ts of soketi 1.6.1, metrics()).
 * Prometheus 3 fails such a scrape (https://prometheus.io/docs/prometheus/3.0/migration/#scrape-protocols). Custom resource
 * definitions have the field that names the protocol since version 0.79.1 of the operator, and server-side apply rejects
 * a field that they do not have.
 */
const UNTYPED: ReadonlySet<Target> = new Set<Target>(["websocket"]);

/** Objects for the Prometheus operator and Grafana: PodMonitors, a PrometheusRule and a dashboard. */
export class Monitoring extends pulumi.ComponentResource {
    constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:monitoring:Monitoring", name, {}, opts);
        const { release, config } = args;
        const targets = targetsOf(config);
        const child = { parent: this };

        for (const target of targets) {
            const scope = scopeOf(release, target);
            new k8s.apiextensions.CustomResource(
                `${name}-${target}`,
                {
                    apiVersion: "monitoring.coreos.com/v1",
                    kind: "PodMonitor",
                    metadata: metadata(scope, config.monitoring.labels),
                    spec: {
                        ...(UNTYPED.has(target) &&
                            config.monitoring.fallbackScrapeProtocol && {
                                fallbackScrapeProtocol: "PrometheusText0.0.4",
                            }),
                        selector: { matchLabels: scope.selector },
                        podMetricsEndpoints: [{ interval: config.monitoring.interval, ...endpoint(args, target) }],
                    },
                },
                child,
            );
        }

        const whole = scopeOf(release, "monitoring");
        if (config.monitoring.rules) {
            new k8s.apiextensions.CustomResource(
                `${name}-rules`,
                {
                    apiVersion: "monitoring.coreos.com/v1",
                    kind: "PrometheusRule",
                    metadata: metadata(whole, config.monitoring.labels),
                    spec: { groups: [{ name: whole.name, rules: alertingRules(release, targets) }] },
                },
                child,
            );
        }
        if (config.monitoring.dashboard.enabled) {
            const { labels, annotations } = config.monitoring.dashboard;
            new k8s.core.v1.ConfigMap(
                `${name}-dashboard`,
                {
                    metadata: { ...metadata(scopeOf(release, "dashboard"), labels), annotations },
                    // The name is unique, because Grafana's sidecar writes all dashboards to one directory.
                    data: computed(release.namespace, (namespace) => ({
                        [`${namespace}-${release.name}.json`]: dashboard({ ...release, namespace }, targets),
                    })),
                },
                child,
            );
        }
        this.registerOutputs({});
    }
}

function metadata({ name, namespace, labels }: Scope, more: Readonly<Record<string, string>>) {
    return { name, namespace, labels: { ...more, ...labels } };
}

/**
 * Endpoint of a target's metrics in a PodMonitor
 * (https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMetricsEndpoint).
 */
function endpoint({ release, login }: MonitoringArgs, target: Target): object {
    switch (target) {
        case "backend":
        // The consumer also runs the API, but only Prometheus connects to it.
        case "consumer":
            return {
                port: backendEndpoint(release).portName,
                // Metrics of all processes of the pod. /metrics has business metrics instead
                // (keep/api/routes/metrics.py).
                path: "/metrics/processing",
                basicAuth: { username: login.username.secret, password: login.password.secret },
            };
        case "worker":
            return { port: WORKER_METRICS_PORT.name };
        case "websocket":
            return { port: "metrics" };
    }
}
