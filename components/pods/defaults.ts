import type { KeepConfig } from "../settings/resolve";

type Pods = KeepConfig["pods"];
type Metadata = Pick<KeepConfig["setup"], "podAnnotations" | "podLabels">;
type Placement = Omit<Pods, "annotations" | "ipv6" | "labels">;

/** Adds `keep:pods` to the settings of all components. The settings of a component take precedence. */
export function withPodDefaults(config: KeepConfig): KeepConfig {
    const { backup, database, pods, redis, websocket } = config;
    return {
        ...config,
        backend: withPlacement(config.backend, pods),
        worker: withPlacement(config.worker, pods),
        consumer: withPlacement(config.consumer, pods),
        frontend: withPlacement(config.frontend, pods),
        websocket: websocket.kind === "soketi" ? withPlacement(websocket, pods) : websocket,
        database: "podLabels" in database ? withPlacement(database, pods) : database,
        redis: redis.kind === "bundled" ? withPlacement(redis, pods) : redis,
        // Jobs have the placement of a tier's pods (jobPlacement).
        setup: withMetadata(config.setup, pods),
        retention: withMetadata(config.retention, pods),
        verify: withMetadata(config.verify, pods),
        backup: backup.kind === "none" ? backup : withMetadata(backup, pods),
    };
}

function withMetadata<T extends Metadata>(settings: T, { annotations, labels }: Pods): T {
    return {
        ...settings,
        podAnnotations: { ...annotations, ...settings.podAnnotations },
        podLabels: { ...labels, ...settings.podLabels },
    };
}

/** Joins the names of each address, because Kubernetes accepts one entry for each address. */
function joinedAliases(aliases: NonNullable<Pods["hostAliases"]>): Pods["hostAliases"] {
    const addresses = [...new Set(aliases.map(({ ip }) => ip))];
    return addresses.length === 0
        ? undefined
        : addresses.map((ip) => ({
              ip,
              hostnames: aliases
                  .filter((alias) => alias.ip === ip)
                  .flatMap(({ hostnames = [] }) => hostnames as string[]),
          }));
}

/** Merges maps and joins lists, with the component's entries last. Replaces all other values. */
function withPlacement<T extends Metadata & Placement>(settings: T, pods: Pods): T {
    return {
        ...withMetadata(settings, pods),
        nodeSelector: { ...pods.nodeSelector, ...settings.nodeSelector },
        tolerations: [...pods.tolerations, ...settings.tolerations],
        affinity: settings.affinity ?? pods.affinity,
        priorityClassName: settings.priorityClassName ?? pods.priorityClassName,
        dnsConfig: settings.dnsConfig ?? pods.dnsConfig,
        hostAliases: joinedAliases([...(pods.hostAliases ?? []), ...(settings.hostAliases ?? [])]),
    };
}
