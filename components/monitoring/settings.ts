import * as z from "zod";

import { addedLabels, annotations } from "../fields/labels";
import { switches } from "../fields/switch";
import { keyReference } from "../fields/vocabulary";

/** Schema of `keep:monitoring`. */
export const monitoring = z
    .strictObject({
        enabled: z
            .boolean()
            .default(false)
            .describe("create PodMonitors: the Prometheus operator then scrapes API, workers and Soketi"),
        labels: addedLabels
            .default({})
            .describe("labels that the Prometheus selects, such as {release: kube-prometheus-stack}"),
        interval: z
            .string()
            .regex(/^(?=[1-9])([0-9]{1,2}h)?([0-9]{1,3}m)?([0-9]{1,5}s)?$/, {
                error: "is not an interval. Write it like 30s or 1m",
            })
            .default("30s")
            .describe("interval between scrapes, at most 2m with rules"),
        apiKeySecret: keyReference
            .optional()
            .describe("key of an existing Secret with an API key of role noc; default: setup creates one"),
        fallbackScrapeProtocol: z
            .boolean()
            .default(true)
            .describe("field of Soketi's PodMonitor, for Prometheus 3; set false with an operator before 0.79.1"),
        rules: z.boolean().default(true).describe("alert when Keep is down, slow or failing (PrometheusRule)"),
        dashboard: z
            .strictObject({
                enabled: z.boolean().default(true).describe("a dashboard for Grafana, in a ConfigMap"),
                labels: addedLabels
                    .default({ grafana_dashboard: "1" })
                    .describe("labels by which Grafana's sidecar finds it"),
                annotations: annotations.default({}).describe("annotations, such as {grafana_folder: Keep}"),
            })
            .register(switches, { key: "enabled" })
            .prefault({})
            .describe("dashboard for Grafana"),
    })
    .register(switches, { key: "enabled" });

/** `keep:monitoring`, validated and with defaults. */
export type MonitoringConfig = z.infer<typeof monitoring>;
