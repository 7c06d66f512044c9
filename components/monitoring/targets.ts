import type { StackConfig } from "../settings/schema";
import { type Release, scopeOf } from "../naming";

/** A part of a release that tells metrics. */
export type Target = "backend" | "consumer" | "worker" | "websocket";

/** The parts of a stack that tell metrics. The database and Redis would need exporters, which are not part of Keep. */
export function targetsOf({
    consumer,
    redis,
    websocket,
}: Pick<StackConfig, "consumer" | "redis" | "websocket">): Target[] {
    const targets: (Target | false)[] = [
        "backend",
        consumer.enabled && "consumer",
        redis.kind !== "none" && "worker",
        websocket.kind === "soketi" && "websocket",
    ];
    return targets.filter((target) => target !== false);
}

/** The label `job` that the operator gives to what a PodMonitor finds: its namespace and name. */
export function jobOf(release: Release, target: Target): string {
    const { namespace, name } = scopeOf(release, target);
    return `${namespace}/${name}`;
}
