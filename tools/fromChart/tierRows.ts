import { environmentChanges } from "./environment";
import { imageRows } from "./imageRows";
import {
    at,
    type Change,
    converted,
    dropped,
    inVersions,
    isEmpty,
    isRecord,
    list,
    moved,
    own,
    type Row,
    SAME,
    text,
    unread,
} from "./row";
import type { ChartTier } from "./variables";

const RESTRICTED =
    "All pods comply with Pod Security restricted. They run with the user ID of their image, on OpenShift with that of the platform (keep:platform).";
const PROBES = "All containers have fixed probes. Only the startup time is a setting: keep:<tier>.startupSeconds.";

/** The rows that all three tiers of the chart have. */
export function tierRows(tier: ChartTier): Row[] {
    return [
        replicasRow(tier),
        ...autoscalingRows(tier),
        ...imageRows(tier),
        pullSecretsRow(tier),
        ...inVersions({ since: "0.1.97" }, [
            moved(`${tier}.deploymentAnnotations`, `${tier}.annotations`, { team: "ops" }),
            moved(`${tier}.serviceAnnotations`, `${tier}.service.annotations`, { team: "ops" }),
            disruptionRow(tier),
        ]),
        moved(`${tier}.podAnnotations`, `${tier}.podAnnotations`, { team: "ops" }),
        dropped(`${tier}.podSecurityContext`, RESTRICTED, { fsGroup: 1000 }),
        dropped(`${tier}.securityContext`, RESTRICTED, { runAsUser: 1000 }),
        moved(`${tier}.service.type`, `${tier}.service.type`, "NodePort"),
        dropped(`${tier}.service.port`, "Services have the same port as the container.", 8080),
        ...routeRows(tier),
        moved(`${tier}.resources`, `${tier}.resources`, { requests: { cpu: "1", memory: "1Gi" } }),
        moved(`${tier}.nodeSelector`, `${tier}.nodeSelector`, { disk: "ssd" }),
        moved(`${tier}.tolerations`, `${tier}.tolerations`, [{ key: "keep", operator: "Exists" }]),
        moved(`${tier}.affinity`, `${tier}.affinity`, { podAntiAffinity: {} }),
        moved(`${tier}.topologySpreadConstraints`, `${tier}.topologySpread`, [
            { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" },
        ]),
        healthCheckRow(tier),
        converted(`${tier}.env`, `keep:${tier}.env`, [{ name: "TZ", value: "UTC" }], (_value, values) =>
            orSame(environmentChanges(tier, "env", values)),
        ),
    ];
}

/** The row for the pull secrets of a tier, or of the database. */
export function pullSecretsRow(part: string): Row {
    const path = `${part}.imagePullSecrets`;
    return converted(path, "keep:images.pullSecrets", [{ name: "registry" }], (value) =>
        orSame(
            list(value).flatMap((entry, index): Change[] => {
                const name = text(isRecord(entry) ? entry.name : entry);
                return name === undefined
                    ? [{ value: `${path}[${index}]`, because: "It has no name of a Secret." }]
                    : [{ set: "images.pullSecrets", value: [name], from: path }, ...unread(path, entry, ["name"])];
            }),
        ),
    );
}

/** Of the chart's probes, only the startup time has a setting, because migrations of large databases take long. */
function healthCheckRow(tier: ChartTier): Row {
    const path = `${tier}.healthCheck`;
    const example = { probes: { startupProbe: { periodSeconds: 10, failureThreshold: 60 } } };
    return converted(path, `keep:${tier}.startupSeconds`, example, (value) => {
        const probe = at(value, "probes.startupProbe");
        const seconds = Number(own(probe, "periodSeconds") ?? 10) * Number(own(probe, "failureThreshold") ?? 3);
        const starts: Change[] =
            probe === undefined || !Number.isInteger(seconds)
                ? []
                : [{ set: `${tier}.startupSeconds`, value: seconds, from: `${path}.probes.startupProbe` }];
        const others =
            isRecord(value) && Object.keys(isRecord(value.probes) ? value.probes : value).length > starts.length;
        return orSame([...starts, ...(others ? [{ value: path, because: PROBES }] : [])]);
    });
}

function disruptionRow(tier: ChartTier): Row {
    const path = `${tier}.podDisruptionBudget`;
    return dropped(
        path,
        "A tier with several pods has a PodDisruptionBudget that allows the eviction of one pod at a time.",
        { enabled: true, minAvailable: 1 },
    );
}

/** The rows that only backend and frontend have. */
export function applicationRows(tier: "backend" | "frontend"): Row[] {
    return [
        converted(`${tier}.envFromSecret`, `keep:${tier}.envFrom`, "more-env", (value) =>
            isEmpty(value) ? SAME : envFrom(tier, `${tier}.envFromSecret`, "secret", [{ name: value }]),
        ),
        ...inVersions({ since: "0.1.94" }, [
            converted(`${tier}.envRender`, `keep:${tier}.env`, { TZ: "UTC" }, (_value, values) =>
                orSame(environmentChanges(tier, "envRender", values)),
            ),
        ]),
        converted(`${tier}.envRenderSecret`, "keep:secretEnv (secret)", { TOKEN: "t0ken" }, (_value, values) =>
            orSame(environmentChanges(tier, "envRenderSecret", values)),
        ),
        converted(`${tier}.envFromSecrets`, `keep:${tier}.envFrom`, [{ name: "more-env", optional: true }], (value) =>
            envFrom(tier, `${tier}.envFromSecrets`, "secret", value),
        ),
        converted(`${tier}.envFromConfigMaps`, `keep:${tier}.envFrom`, [{ name: "more-env" }], (value) =>
            envFrom(tier, `${tier}.envFromConfigMaps`, "configMap", value),
        ),
        moved(`${tier}.extraVolumes`, `${tier}.volumes`, [{ name: "extra", emptyDir: {} }]),
        // The example mounts a volume that all pods have, because each row is tested alone.
        moved(`${tier}.extraVolumeMounts`, `${tier}.volumeMounts`, [{ name: "tmp", mountPath: "/extra" }]),
        dropped(
            `${tier}.backendConfig`,
            "With keep:ingress.kind gce, the load balancer's health check uses the endpoint of the probes.",
            { healthCheck: { path: "/healthcheck" } },
        ),
    ];
}

/** The number of pods, which the chart does not read with autoscaling (charts/keep/templates/backend.yaml). */
function replicasRow(tier: ChartTier): Row {
    const path = `${tier}.replicaCount`;
    return converted(path, `keep:${tier}.replicas`, 2, (value, values) =>
        isEmpty(value)
            ? SAME
            : isScaled(tier, values)
              ? [{ value: path, because: `${tier}.autoscaling.enabled is true, so the chart does not read it.` }]
              : [{ set: `${tier}.replicas`, value, from: path }],
    );
}

function isScaled(tier: ChartTier, values: unknown): boolean {
    return at(values, `${tier}.autoscaling.enabled`) === true;
}

function autoscalingRows(tier: ChartTier): Row[] {
    const enabled = (values: unknown) => isScaled(tier, values);
    const field = (chart: string, ours: string, example: number, initially: number) => {
        const path = `${tier}.autoscaling.${chart}`;
        return converted(
            path,
            `keep:${tier}.autoscaling.${ours}`,
            example,
            (value, values) =>
                enabled(values)
                    ? // The chart's template leaves an empty target out; an empty number has the same default in Kubernetes.
                      isEmpty(value) && chart.startsWith("target")
                        ? SAME
                        : [
                              {
                                  set: `${tier}.autoscaling.${ours}`,
                                  value: isEmpty(value) ? initially : value,
                                  from: path,
                              },
                          ]
                    : value === initially || isEmpty(value)
                      ? SAME
                      : [{ value: path, because: `${tier}.autoscaling.enabled is not true.` }],
            initially,
        );
    };
    return [
        converted(`${tier}.autoscaling.enabled`, `keep:${tier}.autoscaling`, true, () => SAME),
        field("minReplicas", "min", 2, 1),
        field("maxReplicas", "max", 5, 3),
        field("targetCPUUtilizationPercentage", "cpu", 70, 80),
        field("targetMemoryUtilizationPercentage", "memory", 75, 80),
    ];
}

function routeRows(tier: ChartTier): Row[] {
    const one = "All Routes have the host of keep:publicUrl, and the path prefix of their tier.";
    return [
        converted(`${tier}.route.enabled`, "keep:ingress.kind (openshift)", true, (value) =>
            value === true
                ? [
                      { set: "ingress.kind", value: "openshift" },
                      { set: "platform", value: "openshift", from: `${tier}.route.enabled` },
                  ]
                : SAME,
        ),
        tier === "frontend"
            ? converted(`${tier}.route.host`, "keep:publicUrl", "keep.example.com", (value, values) =>
                  isEmpty(value)
                      ? SAME
                      : text(value) !== undefined && at(values, `${tier}.route.enabled`) === true
                        ? [{ set: "publicUrl", value: `https://${String(value)}`, from: `${tier}.route.host` }]
                        : [{ value: `${tier}.route.host`, because: `${tier}.route.enabled is not true.` }],
              )
            : dropped(`${tier}.route.host`, one, "keep.example.com"),
        dropped(`${tier}.route.path`, one, "/"),
        dropped(
            `${tier}.route.tls`,
            "The router terminates TLS with its default certificate. For another one, set keep:ingress.tls.secretName.",
            [{ termination: "edge" }],
        ),
        dropped(`${tier}.route.wildcardPolicy`, "An installation has no wildcard hosts.", "None"),
    ];
}

function envFrom(tier: ChartTier, path: string, kind: "configMap" | "secret", given: unknown): readonly Change[] {
    return orSame(
        list(given).flatMap((entry, index): Change[] => {
            const name = text(own(entry, "name"));
            if (name === undefined) {
                return [{ value: `${path}[${index}]`, because: "It has no name." }];
            }
            if (name.includes("{{")) {
                return [
                    { value: path, because: `${name}: only Helm renders this template. Set keep:${tier}.envFrom.` },
                ];
            }
            const [prefix, optional] = [text(own(entry, "prefix")), own(entry, "optional")];
            const source = {
                [kind]: name,
                ...(prefix === undefined ? {} : { prefix }),
                ...(typeof optional === "boolean" ? { optional } : {}),
            };
            return [
                { set: `${tier}.envFrom`, value: [source], from: path },
                ...unread(path, entry, ["name", "optional", "prefix"]),
            ];
        }),
    );
}

function orSame(changes: readonly Change[]): readonly Change[] {
    return changes.length === 0 ? SAME : changes;
}
