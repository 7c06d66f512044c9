import { type Destinations, type Egress, type Listener, peersFor, PROCESSES } from "../fields/traffic";
import { sentinelPorts } from "./clients";
import { REDIS_PORT, type RedisConfig } from "./settings";

/**
 * Connections to an external Redis, and to its Sentinels. Sentinels return the address of Redis itself, so that a
 * Service does not change its port.
 */
export function redisEgress({
    networkPolicy,
    redis,
}: {
    readonly networkPolicy: { readonly destinations: Destinations };
    readonly redis: RedisConfig;
}): Egress[] {
    if (redis.kind !== "external") {
        return [];
    }
    const { host, port = REDIS_PORT, portSecret, sentinel } = redis;
    const ports = portSecret === undefined ? [port] : undefined;
    const sentinels = sentinelPorts(sentinel?.hosts ?? []);
    const egressTo = (to: readonly number[] | undefined, hosts: readonly string[]): Egress => ({
        from: [...PROCESSES, "websocket"],
        to: peersFor(networkPolicy.destinations.redis, to, ...hosts),
    });
    return [
        egressTo(ports, host === undefined ? [] : [host]),
        ...(sentinels.length === 0
            ? []
            : [
                  egressTo(
                      sentinels.map((address) => address.port),
                      sentinels.map((address) => address.host),
                  ),
              ]),
    ];
}

/** The clients of Redis in the cluster, including KEDA if it scales the workers by the length of the queue. */
export function redisListeners({ worker }: { readonly worker: { readonly queueLength?: number } }): Listener[] {
    return [
        { port: REDIS_PORT, from: [...PROCESSES, "websocket"] },
        ...(worker.queueLength === undefined ? [] : [{ port: REDIS_PORT, from: "autoscaler" } as const]),
    ];
}
