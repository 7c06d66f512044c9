import { environmentChanges } from "./environment";
import { at, type Change, converted, dropped, isRecord, list, moved, type Row, text } from "./row";

/** Tiers of the chart that have a counterpart with the same settings. */
export type ChartTier = "backend" | "frontend" | "websocket";

const RESTRICTED =
    "Every pod runs within Pod Security restricted, with the user id of its image; on OpenShift with the platform's (keep:platform).";
const PROBES = "Every container has probes on the endpoints that exist, with five minutes to start.";

/** The rows that are alike in the three tiers of the chart. */
export function tierRows(tier: ChartTier): Row[] {
    return [
        moved(`${tier}.replicaCount`, `${tier}.replicas`, 2),
        ...autoscalingRows(tier),
        ...imageRows(tier),
        converted(`${tier}.imagePullSecrets`, "keep:images.pullSecrets", [{ name: "registry" }], (value) =>
            list(value).flatMap((entry) => set("images.pullSecrets", [isRecord(entry) ? entry.name : entry])),
        ),
        moved(`${tier}.podAnnotations`, `${tier}.podAnnotations`, { team: "ops" }),
        dropped(`${tier}.podSecurityContext`, RESTRICTED, { fsGroup: 1000 }),
        dropped(`${tier}.securityContext`, RESTRICTED, { runAsUser: 1000 }),
        moved(`${tier}.service.type`, `${tier}.service.type`, "NodePort"),
        dropped(`${tier}.service.port`, "Services listen on the port that the program inside does.", 8080),
        ...routeRows(tier),
        moved(`${tier}.resources`, `${tier}.resources`, { requests: { cpu: "1", memory: "1Gi" } }),
        moved(`${tier}.nodeSelector`, `${tier}.nodeSelector`, { disk: "ssd" }),
        moved(`${tier}.tolerations`, `${tier}.tolerations`, [{ key: "keep", operator: "Exists" }]),
        moved(`${tier}.affinity`, `${tier}.affinity`, { podAntiAffinity: {} }),
        moved(`${tier}.topologySpreadConstraints`, `${tier}.topologySpread`, [
            { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" },
        ]),
        dropped(`${tier}.healthCheck`, PROBES, { enabled: true }),
        converted(`${tier}.env`, `keep:${tier}.env`, [{ name: "LOG_LEVEL", value: "DEBUG" }], (value, values) =>
            environmentChanges(tier, value, values),
        ),
    ];
}

/** The rows that backend and frontend have, and the websocket server has not. */
export function applicationRows(tier: "backend" | "frontend"): Row[] {
    return [
        converted(`${tier}.envFromSecret`, `keep:${tier}.envFrom`, "more-env", (value) =>
            envFrom(tier, [{ secret: text(value) }]),
        ),
        converted(`${tier}.envRenderSecret`, "keep:secretEnv (secret)", { TOKEN: "t0ken" }, (value) =>
            Object.entries(isRecord(value) ? value : {}).map(([name, secret]) => ({
                secretEnv: [tier, name] as const,
                value: String(secret),
            })),
        ),
        converted(`${tier}.envFromSecrets`, `keep:${tier}.envFrom`, [{ name: "more-env", optional: true }], (value) =>
            envFrom(
                tier,
                list(value)
                    .filter(isRecord)
                    .map(({ name, ...rest }) => ({ secret: name, ...rest })),
            ),
        ),
        converted(`${tier}.envFromConfigMaps`, `keep:${tier}.envFrom`, [{ name: "more-env" }], (value) =>
            envFrom(
                tier,
                list(value)
                    .filter(isRecord)
                    .map(({ name, ...rest }) => ({ configMap: name, ...rest })),
            ),
        ),
        moved(`${tier}.extraVolumes`, `${tier}.volumes`, [{ name: "extra", emptyDir: {} }]),
        moved(`${tier}.extraVolumeMounts`, `${tier}.volumeMounts`, [{ name: "extra", mountPath: "/extra" }]),
        converted(
            `${tier}.backendConfig`,
            "keep:ingress.kind (gce)",
            { healthCheck: { path: "/healthcheck" } },
            (_value, values) =>
                at(values, "isGKE") !== true
                    ? []
                    : [
                          {
                              note: `${tier}.backendConfig: with keep:ingress.kind gce, load balancers ask the endpoint that pods are asked on.`,
                          },
                      ],
        ),
    ];
}

function autoscalingRows(tier: ChartTier): Row[] {
    const enabled = (values: unknown) => at(values, `${tier}.autoscaling.enabled`) === true;
    const field = (chart: string, ours: string, example: number, initially?: number) =>
        converted(
            `${tier}.autoscaling.${chart}`,
            `keep:${tier}.autoscaling.${ours}`,
            example,
            (value, values) => (enabled(values) ? set(`${tier}.autoscaling.${ours}`, value) : []),
            initially,
        );
    return [
        converted(`${tier}.autoscaling.enabled`, `keep:${tier}.autoscaling`, true, (value) =>
            tier === "websocket" && value === true
                ? [
                      {
                          note: "websocket.autoscaling: more than one Soketi needs Redis; set keep:redis, the chart lost events here.",
                      },
                  ]
                : [],
        ),
        field("minReplicas", "min", 2, 1),
        field("maxReplicas", "max", 5, 3),
        field("targetCPUUtilizationPercentage", "cpu", 70, 80),
        field("targetMemoryUtilizationPercentage", "memory", 75, 80),
    ];
}

function imageRows(tier: ChartTier): Row[] {
    return [
        converted(`${tier}.image.repository`, `keep:images.${tier}`, "registry.example.com/keep", (value, values) => {
            const tag = text(at(values, `${tier}.image.tag`)) ?? "1.4-16-debian";
            return set(`images.${tier}`, tier !== "websocket" ? value : `${String(value)}:${tag}`);
        }),
        converted(
            `${tier}.image.tag`,
            tier === "websocket" ? "keep:images.websocket" : "keep:version",
            tier === "websocket" ? "1.6.1-16-debian" : "0.54.2",
            (value, values) => {
                if (tier !== "websocket") {
                    return set("version", String(value));
                }
                const repository = text(at(values, "websocket.image.repository")) ?? "quay.io/soketi/soketi";
                return set("images.websocket", `${repository}:${String(value)}`);
            },
        ),
        moved(`${tier}.image.pullPolicy`, "images.pullPolicy", "IfNotPresent"),
    ];
}

function routeRows(tier: ChartTier): Row[] {
    const one = "All Routes are on the host of keep:publicUrl, each on the prefix of its tier.";
    return [
        converted(`${tier}.route.enabled`, "keep:ingress.kind (openshift)", true, (value) =>
            value === true ? [...set("ingress.kind", "openshift"), ...set("platform", "openshift")] : [],
        ),
        converted(`${tier}.route.host`, "keep:publicUrl", "keep.example.com", (value, values) =>
            tier === "frontend" && at(values, "frontend.route.enabled") === true
                ? set("publicUrl", `https://${String(value)}`)
                : [],
        ),
        dropped(`${tier}.route.path`, one, "/"),
        dropped(
            `${tier}.route.tls`,
            "Routes end TLS at the edge, with the router's certificate, when keep:publicUrl is https.",
            [{ termination: "edge" }],
        ),
        dropped(`${tier}.route.wildcardPolicy`, "A Keep has no wildcard hosts.", "None"),
    ];
}

function envFrom(tier: string, sources: readonly Record<string, unknown>[]): Change[] {
    const named = sources.filter(
        ({ secret, configMap }) => text(secret) !== undefined || text(configMap) !== undefined,
    );
    return named.length === 0 ? [] : set(`${tier}.envFrom`, named);
}

function set(path: string, value: unknown): Change[] {
    return [{ set: path, value }];
}
