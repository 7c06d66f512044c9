import type { z } from "zod";

import { type container, metadata, objects, type probe } from "./manifests";

/** What a set of objects does, one line a fact: "backend.env.PORT" to "8080". Two sets that do the same have the same facts. */
export type Facts = Readonly<Record<string, string>>;

/** Parts that both the chart and we have. Jobs and the like are made in other ways, and are not compared. */
const TIERS: readonly (string | undefined)[] = ["backend", "frontend", "websocket", "database"];

/** The facts of Kubernetes objects, as their manifests have them. */
export function factsOf(manifests: readonly unknown[]): Facts {
    const facts = manifests.flatMap((manifest) => {
        const { kind, metadata: about } = metadata.parse(manifest);
        const tier = about.labels?.["app.kubernetes.io/component"];
        switch (kind) {
            case "Deployment":
                return TIERS.includes(tier) ? deploymentFacts(tier ?? "", objects.Deployment.parse(manifest).spec) : [];
            case "Service":
                return TIERS.includes(tier)
                    ? serviceFacts(`${tier ?? ""}.service`, objects.Service.parse(manifest))
                    : [];
            case "HorizontalPodAutoscaler":
                return autoscalerFacts(objects.HorizontalPodAutoscaler.parse(manifest).spec);
            case "PersistentVolumeClaim":
                return claimFacts(objects.PersistentVolumeClaim.parse(manifest).spec);
            case "Ingress":
                return ingressFacts(objects.Ingress.parse(manifest).spec);
            case "Route":
                return routeFacts(objects.Route.parse(manifest).spec);
            default:
                return [];
        }
    });
    return Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Fact = readonly [what: string, how: string];
type Container = z.infer<typeof container>;

function deploymentFacts(
    tier: string,
    { replicas, template }: z.infer<typeof objects.Deployment>["spec"],
): readonly Fact[] {
    const { spec } = template;
    const [main, ...others] = spec.containers;
    const placement = {
        nodeSelector: spec.nodeSelector,
        tolerations: spec.tolerations,
        affinity: spec.affinity,
        topologySpread: spec.topologySpreadConstraints,
    };
    return [
        ...(replicas === undefined ? [] : [[`${tier}.replicas`, String(replicas)] as const]),
        ...(main === undefined ? [] : containerFacts(tier, main, spec.volumes ?? [])),
        ...others.map(({ name }) => [`${tier}.sidecar.${name}`, "there"] as const),
        ...(spec.initContainers ?? []).map(({ name }) => [`${tier}.before.${name}`, "there"] as const),
        ...(spec.imagePullSecrets ?? []).map(({ name }) => [`${tier}.pullSecret.${name}`, "there"] as const),
        [`${tier}.account`, spec.serviceAccountName ?? "none"],
        ...Object.entries(placement)
            .filter(
                ([, value]) => value !== undefined && value !== null && !["{}", "[]"].includes(JSON.stringify(value)),
            )
            .map(([name, value]) => [`${tier}.${name}`, JSON.stringify(value)] as const),
        ...Object.entries(template.metadata?.annotations ?? {})
            .filter(([name]) => !/^(checksum|keep\.pulumi)\//.test(name))
            .map(([name, value]) => [`${tier}.annotation.${name}`, value] as const),
    ];
}

function containerFacts(
    tier: string,
    main: Container,
    volumes: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[],
): readonly Fact[] {
    const portOf = (port: string | number) =>
        String((main.ports ?? []).find(({ name }) => name === port)?.containerPort ?? port);
    const sourceOf = (name: string) =>
        Object.keys(volumes.find((volume) => volume.name === name) ?? {}).find((key) => key !== "name");
    const probes = { startup: main.startupProbe, readiness: main.readinessProbe, liveness: main.livenessProbe };
    return [
        [`${tier}.image`, main.image],
        ...(main.command ? [[`${tier}.command`, main.command.join(" ")] as const] : []),
        ...(main.args ? [[`${tier}.args`, main.args.join(" ")] as const] : []),
        ...(main.env ?? []).map((variable) => [`${tier}.env.${variable.name}`, valueOf(variable)] as const),
        ...(main.envFrom ?? []).map(
            ({ prefix = "", secretRef, configMapRef }) =>
                [
                    `${tier}.envFrom.${prefix}${secretRef?.name ?? configMapRef?.name ?? ""}`,
                    secretRef ? "Secret" : "ConfigMap",
                ] as const,
        ),
        ...(main.ports ?? []).map(({ containerPort }) => [`${tier}.port.${containerPort}`, "open"] as const),
        ...(main.volumeMounts ?? []).map(
            ({ name, mountPath, readOnly }) =>
                [
                    `${tier}.mount.${mountPath}`,
                    `${sourceOf(name) ?? "?"}${readOnly === true ? ", read only" : ""}`,
                ] as const,
        ),
        ...Object.entries(probes).flatMap(([name, asked]) =>
            asked === undefined ? [] : [[`${tier}.probe.${name}`, probeText(asked, portOf)] as const],
        ),
        ...Object.entries(main.resources ?? {}).flatMap(([kind, amounts]) =>
            Object.entries(amounts).map(([name, amount]) => [`${tier}.${kind}.${name}`, String(amount)] as const),
        ),
    ];
}

function valueOf({ value, valueFrom }: NonNullable<Container["env"]>[number]): string {
    const { secretKeyRef, configMapKeyRef, fieldRef } = valueFrom ?? {};
    if (secretKeyRef !== undefined) return `Secret ${secretKeyRef.name}/${secretKeyRef.key}`;
    if (configMapKeyRef !== undefined) return `ConfigMap ${configMapKeyRef.name}/${configMapKeyRef.key}`;
    return fieldRef === undefined ? (value ?? "") : `field ${fieldRef.fieldPath}`;
}

function probeText(
    { httpGet, exec, tcpSocket }: z.infer<typeof probe>,
    portOf: (port: string | number) => string,
): string {
    if (httpGet !== undefined) return `GET ${httpGet.path} at ${portOf(httpGet.port)}`;
    return tcpSocket === undefined ? (exec?.command.join(" ") ?? "") : `connect to ${portOf(tcpSocket.port)}`;
}

function serviceFacts(name: string, { spec }: z.infer<typeof objects.Service>): readonly Fact[] {
    return [
        [`${name}.type`, spec.type ?? "ClusterIP"],
        ...spec.ports.map(({ port }) => [`${name}.port.${port}`, "open"] as const),
    ];
}

function autoscalerFacts(spec: z.infer<typeof objects.HorizontalPodAutoscaler>["spec"]): readonly Fact[] {
    const metrics = spec.metrics
        .map((metric) => ("resource" in metric ? metric.resource : metric.containerResource))
        .map(({ name, target }) => `${name} ${target.averageUtilization}%`);
    return [
        [
            `autoscaler.${tierOf(spec.scaleTargetRef.name)}`,
            `${spec.minReplicas} to ${spec.maxReplicas}, ${metrics.join(", ")}`,
        ],
    ];
}

function claimFacts({
    storageClassName,
    resources,
}: z.infer<typeof objects.PersistentVolumeClaim>["spec"]): readonly Fact[] {
    return [["database.claim", `${resources.requests.storage}, ${storageClassName ?? "default class"}`]];
}

function ingressFacts({ ingressClassName, tls, rules }: z.infer<typeof objects.Ingress>["spec"]): readonly Fact[] {
    return [
        ["ingress.class", ingressClassName ?? "none"],
        ...(tls ?? []).flatMap(({ hosts, secretName }) =>
            hosts.map((host) => [`tls.${host}`, secretName ?? "default certificate"] as const),
        ),
        ...rules.flatMap(({ host, http }) =>
            http.paths.map(
                ({ path, backend }) =>
                    [`route.${host ?? "any"}${prefixOf(path)}`, tierOf(backend.service.name)] as const,
            ),
        ),
    ];
}

function routeFacts({ host, path, to }: z.infer<typeof objects.Route>["spec"]): readonly Fact[] {
    return [[`route.${host}${path ?? "/"}`, tierOf(to.name)]];
}

/** A path is a prefix; what controllers need to take it off is left out. */
function prefixOf(path: string): string {
    return path.replace(/\(.*$/, "").replace(/(.)\/$/, "$1");
}

/** Both sides call the objects of a tier `<release>-<tier>`. */
function tierOf(name: string): string {
    return name.replace(/^.*-/, "");
}
