import { splitPort } from "../fields/host";
import { computedNumber, computedText } from "../tokens";
import { REDIS_PORT, type RedisConfig, SENTINEL_PORT } from "./settings";
import type { Env, SecretKeyRef } from "../kubernetes/env";

/** Address of a Redis. */
export type RedisAddress = Omit<Extract<RedisConfig, { kind: "external" }>, "kind" | "passwordSecret">;

/** Host and port, as plain values or in existing Secrets. */
function serverOf({ host, hostSecret, port = REDIS_PORT, portSecret }: RedisAddress) {
    return {
        host: hostSecret === undefined ? host : { secret: hostSecret },
        port: portSecret === undefined ? String(port) : { secret: portSecret },
    };
}

/**
 * Environment of Keep's processes (keep/api/redis_settings.py). With TLS they verify the certificate, but not its host
 * name.
 */
export function keepRedisEnv(address: RedisAddress, password: SecretKeyRef | undefined): Env {
    const { sentinel } = address;
    const { host, port } = serverOf(address);
    return {
        REDIS: "true",
        ...(sentinel === undefined
            ? { REDIS_HOST: host, REDIS_PORT: port }
            : {
                  REDIS_SENTINEL_ENABLED: "true",
                  REDIS_SENTINEL_HOSTS: sentinel.hosts.join(","),
                  REDIS_SENTINEL_SERVICE_NAME: sentinel.service,
              }),
        REDIS_USERNAME: address.username,
        REDIS_PASSWORD: password,
        REDIS_SSL: address.tls ? "true" : "false",
    };
}

/** Credentials and prefix with which Soketi uses a Redis. */
export interface SoketiClient {
    readonly password: SecretKeyRef | undefined;
    /** Whether the password is stored as JSON. */
    readonly isJson: boolean;
    /** Prefix of its channels. */
    readonly prefix: string;
}

/**
 * Environment of Soketi (its cli.js), which passes these variables to ioredis. There is no separate variable for TLS.
 */
export function soketiRedisEnv(address: RedisAddress, { password, isJson, prefix }: SoketiClient): Env {
    const { sentinel, tls } = address;
    const { host, port } = serverOf(address);
    // Without the second option, ioredis uses no TLS to a server that it finds through Sentinels
    // (lib/connectors/SentinelConnector/index.ts).
    const options = tls ? JSON.stringify({ tls: {}, ...(sentinel && { enableTLSForSentinelMode: true }) }) : undefined;
    return {
        SOKETI_ADAPTER_DRIVER: "redis",
        SOKETI_ADAPTER_REDIS_PREFIX: prefix,
        SOKETI_ADAPTER_REDIS_SUB_OPTIONS: options,
        SOKETI_ADAPTER_REDIS_PUB_OPTIONS: options,
        ...(sentinel === undefined
            ? { SOKETI_DB_REDIS_HOST: host, SOKETI_DB_REDIS_PORT: port }
            : {
                  SOKETI_DB_REDIS_SENTINELS: computedText(sentinelPorts(sentinel.hosts), (known) =>
                      JSON.stringify(known),
                  ),
                  SOKETI_DB_REDIS_INSTANCE_NAME: sentinel.service,
              }),
        SOKETI_DB_REDIS_USERNAME: address.username,
        ...(password === undefined || isJson
            ? { SOKETI_DB_REDIS_PASSWORD: password }
            : {
                  // Soketi parses variables as JSON, and without quotes a password of digits would be a number.
                  // quotingCommand also escapes it.
                  REDIS_PASSWORD: password,
                  SOKETI_DB_REDIS_PASSWORD: '"$(REDIS_PASSWORD)"',
              }),
    };
}

/**
 * Starts Soketi as its image does (its Dockerfile.debian), with REDIS_PASSWORD as JSON, because references in the
 * environment cannot escape quotes.
 */
export function quotingCommand(image: string): string[] {
    return [
        computedText(image, nodeOf),
        "-e",
        "process.env.SOKETI_DB_REDIS_PASSWORD = JSON.stringify(process.env.REDIS_PASSWORD);" +
            " process.argv.splice(1, 0, '/app/bin/server.js'); require('/app/bin/server.js')",
        "start",
    ];
}

/**
 * Node.js in an image of Soketi. In Google's distroless base (Soketi's Dockerfile.distroless), the PATH does not contain it
 * (https://github.com/GoogleContainerTools/distroless/issues/1773).
 */
function nodeOf(image: string): string {
    return image.includes("distroless") ? "/nodejs/bin/node" : "node";
}

/** Hosts and ports of Sentinels. */
export function sentinelPorts(hosts: readonly string[]): { host: string; port: number }[] {
    return hosts.map((text) => {
        return {
            host: computedText(text, (known) => splitPort(known).host),
            port: computedNumber(text, (known) => splitPort(known).port ?? SENTINEL_PORT),
        };
    });
}
