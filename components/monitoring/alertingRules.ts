import type { Release } from "../naming";
import { jobOf, type Target } from "./targets";

/** An alert of a PrometheusRule. */
export interface AlertingRule {
    readonly alert: string;
    readonly expr: string;
    readonly for: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: { readonly summary: string; readonly description: string };
}

/**
 * Alerts on the metrics of Keep 0.54.2 (keep/api/core/metrics.py; in keep/api/api.py, prometheus-fastapi-instrumentator
 * counts requests in the namespace "keep").
 */
export function alertingRules(release: Release, targets: readonly Target[]): AlertingRule[] {
    const api = `job="${jobOf(release, "backend")}"`;
    // Workers process alerts and run workflows. Without workers, the API does.
    const processes = `job=~"${jobOf(release, "backend")}${targets.includes("worker") ? `|${jobOf(release, "worker")}` : ""}"`;
    const requests = (labels: string) => `sum(rate(keep_http_requests_total{${labels}}[5m]))`;
    return [
        ...targets.map((target) => absence(release, target)),
        rule(
            "KeepRequestsFail",
            "warning",
            `${requests(`${api},status=~"5.."`)} / ${requests(api)} > 0.05`,
            "10m",
            "Keep's API fails",
            "More than 5 % of the requests to Keep's API are answered with an error of its own: {{ $value | humanizePercentage }}.",
        ),
        rule(
            "KeepRequestsSlow",
            "warning",
            `histogram_quantile(0.95, sum by (le) (rate(keep_http_request_duration_highr_seconds_bucket{${api}}[5m]))) > 5`,
            "15m",
            "Keep's API is slow",
            "One request in twenty takes longer than {{ $value | humanizeDuration }}. Look at the database, then at the number of pods.",
        ),
        rule(
            "KeepAlertsLost",
            "critical",
            `sum(increase(keep_events_error_total{${processes}}[15m])) > 0`,
            "0m",
            "Keep could not digest alerts",
            "{{ $value | humanize }} events in a quarter of an hour could not be digested, and will not appear in Keep.",
        ),
        rule(
            "KeepWorkflowsFail",
            "warning",
            `sum by (workflow_id) (increase(keep_workflows_execution_errors_total{${processes}}[30m])) > 0`,
            "0m",
            "A workflow of Keep fails",
            "Workflow {{ $labels.workflow_id }} has failed {{ $value | humanize }} times in half an hour.",
        ),
        rule(
            "KeepWorkflowsWait",
            "warning",
            `sum(keep_workflows_queue_size{${processes}}) > 100`,
            "15m",
            "Workflows of Keep wait",
            "{{ $value | humanize }} workflows wait to be run.",
        ),
    ];
}

function absence(release: Release, target: Target): AlertingRule {
    const what = {
        backend: ["KeepApiDown", "Keep's API", "Alerts sent to it are lost unless their sender repeats them."],
        consumer: ["KeepConsumerDown", "Keep's consumer", "Nothing is taken from Kafka and SQS."],
        worker: ["KeepWorkersDown", "Keep's workers", "Alerts are queued in Redis, and do not appear."],
        websocket: [
            "KeepLiveUpdatesDown",
            "Keep's websocket server",
            "Open pages do not show new alerts by themselves.",
        ],
    }[target];
    const [alert = "", name = "", harm = ""] = what;
    return rule(
        alert,
        target === "websocket" ? "warning" : "critical",
        `absent(up{job="${jobOf(release, target)}"} == 1)`,
        "5m",
        `${name} cannot be reached`,
        `No pod of ${name} has answered Prometheus for five minutes. ${harm}`,
    );
}

function rule(
    alert: string,
    severity: "critical" | "warning",
    expr: string,
    lasting: string,
    summary: string,
    description: string,
): AlertingRule {
    return { alert, expr, for: lasting, labels: { severity }, annotations: { summary, description } };
}
