import { type AuthConfig, createsKeys } from "../auth/settings";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { oneOf } from "../fields/vocabulary";
import {
    type ExtraIngressConfig,
    hidesMetrics,
    type IngressConfig,
    ingressesOf,
    ingressKinds,
    showsMetrics,
} from "../ingress/settings";
import type { NetworkPolicyConfig } from "../network/settings";
import type { MonitoringConfig } from "./settings";

interface Settings {
    readonly auth: AuthConfig;
    readonly backend: { readonly env: Readonly<Record<string, unknown>> };
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
    readonly monitoring: MonitoringConfig;
    readonly networkPolicy: NetworkPolicyConfig;
}

/**
 * The longest interval between scrapes, in seconds, with which the alerting rules work. They look back five minutes, where
 * rate() needs two samples (https://prometheus.io/docs/prometheus/latest/querying/functions/#rate), and one may be missing.
 */
const LONGEST_INTERVAL = 120;

/** Seconds of an interval such as 1h30m. */
function secondsOf(interval: string): number {
    const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
    return [...interval.matchAll(/(\d+)([hms])/g)].reduce(
        (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
        0,
    );
}

/** Conditions on metrics: Prometheus can read them with a key, and the public cannot. */
export const monitoringRules: readonly Rule<Settings>[] = [
    ({ auth, monitoring, networkPolicy }) => [
        monitoring.enabled &&
            monitoring.rules &&
            secondsOf(monitoring.interval) > LONGEST_INTERVAL &&
            issue(
                "monitoring.interval",
                "is too long for the program's alerting rules, which look back five minutes. Set it to at most 2m, or set keep:monitoring.rules to false",
                { value: monitoring.interval },
            ),
        monitoring.enabled &&
            monitoring.apiKeySecret === undefined &&
            !createsKeys(auth) &&
            issue(
                "monitoring.apiKeySecret",
                `is missing, but with keep:auth.kind ${auth.kind} the setup Job creates no API key. Create one with the role noc in Keep, store it in a Secret, and set this key to the Secret`,
            ),
        monitoring.enabled &&
            networkPolicy.enabled &&
            networkPolicy.monitoring.length === 0 &&
            issue(
                "networkPolicy.monitoring",
                "is empty, so Prometheus cannot reach the metrics. Set it to the namespace of Prometheus, such as [{namespace: monitoring}]",
            ),
    ],
    ({ backend, ingress, extraIngresses }) => {
        const exposing = ingressesOf({ ingress, extraIngresses }).find((config) => !hidesMetrics(config));
        const hiding = ingressKinds.filter((kind) => kind !== "none" && hidesMetrics({ kind }));
        return [
            showsMetrics(backend) &&
                exposing !== undefined &&
                issue(
                    "backend.env.KEEP_NO_AUTH_METRICS",
                    `exposes metrics without a key: with an ingress of kind ${exposing.kind}, a percent-encoded path bypasses the block. Remove it and give your monitoring an API key, or set keep:ingress.kind to ${oneOf(hiding)}`,
                    { value: backend.env.KEEP_NO_AUTH_METRICS },
                ),
        ];
    },
];
