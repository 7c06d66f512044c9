import type { Release } from "../naming";
import { jobOf, type Target } from "./targets";

/** A line of a panel: the query and its legend. */
type Line = readonly [expr: string, legend: string];

/** Width and height of a panel in Grafana's grid of 24 columns. */
const SIZE = { w: 8, h: 8 };

/**
 * Grafana's units (https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts).
 */
type Unit = "short" | "reqps" | "s" | "ops";

/** A dashboard for a release as JSON, for Grafana 9 or later. */
export function dashboard(release: Release, targets: readonly Target[]): string {
    const on = (target: Target) => `job="${jobOf(release, target)}"`;
    const api = on("backend");
    const digesting = on(targets.includes("worker") ? "worker" : "backend");
    const processes = `job=~"${jobOf(release, "backend")}${targets.includes("worker") ? `|${jobOf(release, "worker")}` : ""}"`;
    const latency = (quantile: number): Line => [
        `histogram_quantile(${quantile}, sum by (le) (rate(keep_http_request_duration_highr_seconds_bucket{${api}}[$__rate_interval])))`,
        `${quantile * 100} %`,
    ];
    const panels: [title: string, unit: Unit, lines: Line[]][] = [
        ["Pods that answer", "short", targets.map((target) => [`sum(up{${on(target)}})`, target])],
        [
            "Requests",
            "reqps",
            [[`sum by (status) (rate(keep_http_requests_total{${api}}[$__rate_interval]))`, "{{status}}"]],
        ],
        ["Time of a request", "s", [latency(0.5), latency(0.95), latency(0.99)]],
        [
            "Alerts",
            "ops",
            [
                [`sum(rate(keep_events_in_total{${digesting}}[$__rate_interval]))`, "received"],
                [`sum(rate(keep_events_processed_total{${digesting}}[$__rate_interval]))`, "digested"],
                [`sum(rate(keep_events_error_total{${digesting}}[$__rate_interval]))`, "failed"],
            ],
        ],
        [
            "Time to digest alerts",
            "s",
            [
                [
                    `sum(rate(keep_processing_time_seconds_sum{${digesting}}[$__rate_interval])) / sum(rate(keep_processing_time_seconds_count{${digesting}}[$__rate_interval]))`,
                    "average",
                ],
            ],
        ],
        [
            "Workflows",
            "short",
            [
                [`sum(keep_workflows_running{${processes}})`, "running"],
                [`sum(keep_workflows_queue_size{${processes}})`, "waiting"],
            ],
        ],
        [
            "Runs of workflows",
            "ops",
            [
                [
                    `sum by (status) (rate(keep_workflows_execution_status_total{${processes}}[$__rate_interval]))`,
                    "{{status}}",
                ],
            ],
        ],
        ...(targets.includes("websocket")
            ? ([
                  ["Browsers that listen", "short", [[`sum(soketi_connected{${on("websocket")}})`, "connected"]]],
                  [
                      "Messages to browsers",
                      "ops",
                      [[`sum(rate(soketi_ws_messages_sent_total{${on("websocket")}}[$__rate_interval]))`, "sent"]],
                  ],
              ] satisfies [string, Unit, Line[]][])
            : []),
    ];
    return JSON.stringify({
        title: `Keep (${release.namespace}/${release.name})`,
        tags: ["keep"],
        timezone: "browser",
        schemaVersion: 38,
        refresh: "1m",
        time: { from: "now-6h", to: "now" },
        templating: { list: [{ name: "datasource", label: "Data source", type: "datasource", query: "prometheus" }] },
        panels: panels.map(([title, unit, lines], index) => panel(title, unit, lines, index)),
    });
}

function panel(title: string, unit: Unit, lines: readonly Line[], index: number): object {
    const perRow = 24 / SIZE.w;
    const datasource = { type: "prometheus", uid: "${datasource}" };
    return {
        id: index + 1,
        title,
        type: "timeseries",
        datasource,
        gridPos: { ...SIZE, x: (index % perRow) * SIZE.w, y: Math.floor(index / perRow) * SIZE.h },
        fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
        targets: lines.map(([expr, legendFormat], line) => ({
            refId: String.fromCharCode("A".charCodeAt(0) + line),
            datasource,
            expr,
            legendFormat,
        })),
    };
}
