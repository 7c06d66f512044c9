import { isIPv6 } from "node:net";

import * as z from "zod";

import { input } from "../fields/input";
import { host, hostFault, splitPort } from "../fields/host";
import { count, keyReference, resources } from "../fields/vocabulary";
import { volume } from "../fields/volume";
import { accountFields, podFields } from "../pods/settings";

const none = z.strictObject({
    kind: z.literal("none").describe("no Redis: the API processes alerts itself, and Soketi has one pod"),
});

function isSentinel(text: string): boolean {
    const { host: name, port = 1 } = splitPort(text);
    return hostFault(name, "") === undefined && !isIPv6(name) && port >= 1 && port <= 65535;
}

/** Nothing of it is kept when the stack is destroyed: a queue is worth something to running workers only. */
const queueVolume = volume.omit({ retain: true, persistentVolume: true });

const bundled = z.strictObject({
    kind: z.literal("bundled").describe("Valkey in the cluster, one pod"),
    resources: resources
        .optional()
        .describe("requests and limits of the server; default: by keep:size. Half of the memory limit is for data"),
    volume: queueVolume
        .optional()
        .describe(
            "volume that preserves queued alerts when Redis restarts; without it they are lost. Use twice the memory limit",
        ),
    ...podFields,
    ...accountFields,
});

const external = z.strictObject({
    kind: z.literal("external").describe("a Redis of your own; its password in keep:redisPassword or passwordSecret"),
    host: input(host("Name one host, or the Sentinels in sentinel.hosts"))
        .optional()
        .describe("host name or address; leave it out with sentinel"),
    port: input(count(1, 65535)).prefault(6379).describe("port of the server"),
    username: input(z.string()).optional().describe("user name, for a server with access lists"),
    passwordSecret: keyReference.optional().describe("key of an existing Secret that holds the password"),
    tls: z
        .boolean()
        .default(false)
        .describe("use TLS; set a private authority as keep:extraCa. Keep's client does not verify the host name"),
    sentinel: z
        .strictObject({
            hosts: z
                .array(
                    input(
                        z.string().refine(isSentinel, {
                            error: ({ input }) => {
                                const isAddress = typeof input === "string" && isIPv6(splitPort(input).host);
                                return isAddress
                                    ? // keep/api/redis_settings.py splits each entry at its first colon.
                                      "is an IPv6 address, which Keep does not support in a list of Sentinels. Give a host name"
                                    : "is not a host with its port. Write it like sentinel-0.example.com:26379";
                            },
                        }),
                    ),
                )
                .min(1, { error: "is empty. Name the Sentinels" })
                .describe("Sentinels, each as host or host:port; default port: 26379"),
            service: input(z.string()).prefault("mymaster").describe("name of the Redis in the Sentinels"),
        })
        .optional()
        .describe("find Redis through its Sentinels; Keep's client sends them no password and uses no TLS"),
});

/** The queue between API and workers, and between Soketi's pods. */
export const redis = z.discriminatedUnion("kind", [none, bundled, external]);

/** The queue between API and workers, validated and with defaults. */
export type RedisConfig = z.infer<typeof redis>;
