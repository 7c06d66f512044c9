import { type Destinations, type Egress, type Listener, peersFor, PROCESSES } from "../fields/traffic";
import { sentinelPorts } from "./clients";
import { REDIS_PORT, type RedisConfig } from "./settings";

/** Connections to an external Redis and its Sentinels. With Sentinels, the port of Redis is unknown. */
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
    const sentinels = sentinelPorts(sentinel?.hosts ?? []);
    const ports = portSecret === undefined ? [port, ...sentinels.map((address) => address.port)] : undefined;
    const hosts = host === undefined ? [] : [host];
    return [{ from: [...PROCESSES, "websocket"], to: peersFor(networkPolicy.destinations.redis, ports, ...hosts) }];
}

/** The clients of Redis in the cluster, including KEDA if it scales the workers by the length of the queue. */
export function redisListeners({ worker }: { readonly worker: { readonly queueLength?: number } }): Listener[] {
    return [
        { port: REDIS_PORT, from: [...PROCESSES, "websocket"] },
        ...(worker.queueLength === undefined ? [] : [{ port: REDIS_PORT, from: "autoscaler" } as const]),
    ];
}
