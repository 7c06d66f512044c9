import type { AlertingRule } from "../../components/monitoring/alertingRules";
import { deployKeep, type Written } from "../support/config";

/** Monitoring, for a Prometheus that chooses by a label. */
export const ON: Written = { monitoring: { enabled: true, labels: { release: "prometheus" } } };

/** The same with workers. */
export const WITH_WORKERS: Written = { ...ON, database: { kind: "postgres" }, redis: { kind: "bundled" } };

/** The same with workers and a consumer. */
export const WITH_CONSUMER: Written = { ...WITH_WORKERS, consumer: { enabled: true } };

/** A PodMonitor, as far as tests look into it. */
export interface PodMonitor {
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
        readonly fallbackScrapeProtocol?: string;
        readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
        readonly podMetricsEndpoints: readonly { readonly port: string }[];
    };
}

/** A Keep, with what Prometheus and Grafana are told of it. */
export async function monitored(written: Written = ON) {
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
