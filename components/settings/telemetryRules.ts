import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { oneOf } from "../fields/vocabulary";

const COLLECTOR = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTLP_ENDPOINT"];
const TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const METRICS = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
const METRICS_SWITCH = "METRIC_OTEL_ENABLED";

/** Variables that have an effect only with one of others: Keep creates its exporters in nested conditions (keep/api/observability.py). */
const NEEDS: readonly (readonly [name: string, others: readonly string[]])[] = [
    ...COLLECTOR.map((name) => [name, [TRACES, METRICS]] as const),
    [TRACES, COLLECTOR],
    [METRICS, COLLECTOR],
    [METRICS, [METRICS_SWITCH]],
    [METRICS_SWITCH, [METRICS]],
];

/** Annotations with which the OpenTelemetry operator adds an exporter of its own, which reads the same variables. */
const INJECTED = "instrumentation.opentelemetry.io/";

interface ProcessTier {
    readonly env: Readonly<Record<string, unknown>>;
    readonly envFrom?: readonly unknown[];
    readonly podAnnotations?: Readonly<Record<string, unknown>>;
}

interface Settings extends Readonly<Record<"backend" | "consumer" | "worker", ProcessTier>> {
    readonly namespace: { readonly annotations?: Readonly<Record<string, unknown>> };
    readonly pods: { readonly annotations?: Readonly<Record<string, unknown>> };
}

/** Condition on the addresses of collectors: Keep sends something to them. */
export const telemetryRules: readonly Rule<Settings, "secretEnv">[] = [
    // Workers and the consumer have the variables of the backend as well.
    ({ backend, consumer, namespace, pods, worker }, has) =>
        // The names in these are unknown.
        has("secretEnv") ||
        [backend, consumer, worker].some(({ envFrom = [] }) => envFrom.length > 0) ||
        [
            backend.podAnnotations,
            consumer.podAnnotations,
            worker.podAnnotations,
            namespace.annotations,
            pods.annotations,
        ]
            .flatMap((annotations = {}) => Object.keys(annotations))
            .some((name) => name.startsWith(INJECTED))
            ? []
            : Object.entries({ backend, consumer, worker }).flatMap(([tier, { env }]) => {
                  const all = { ...backend.env, ...env };
                  const isSet = (name: string) => Object.hasOwn(all, name) && !isOff(all[name]);
                  return NEEDS.filter(([name]) => Object.hasOwn(env, name) && isSet(name))
                      .filter(([, others]) => !others.some(isSet))
                      .map(([name, others]) =>
                          issue(
                              [tier, "env", name],
                              `has no effect without ${oneOf(others)}. Set it in the same env, or remove this variable (docs/environment.md)`,
                          ),
                      );
              }),
];

function isOff(value: unknown): boolean {
    return typeof value === "string" && ["", "false"].includes(value.toLowerCase());
}
