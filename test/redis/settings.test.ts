import { accepts, refuses } from "../support/refusals";

const SENTINEL = { hosts: ["s:26379"], service: "mymaster" };

describe("the settings of Redis", () => {
    refuses({
        "an unknown kind of redis": [
            { redis: { kind: "cluster" } },
            'keep:redis.kind ("cluster") has no known kind. Set kind to none, bundled or external.',
        ],
        "a Redis host with a scheme": [
            { redis: { kind: "external", host: "redis://r" }, database: { kind: "postgres" } },
            'keep:redis.host ("redis://r") is not a host. Give a name or an address alone, such as db.example.com.',
        ],
        "a Redis host with its port": [
            { redis: { kind: "external", host: "r:6380" }, database: { kind: "postgres" } },
            'keep:redis.host ("r:6380") contains a port. Set host to r and port to 6380.',
        ],
        "Sentinels by an IPv6 address or a port that is none": [
            {
                redis: { kind: "external", sentinel: { hosts: ["[::1]:26379", "s:70000"] } },
                database: { kind: "postgres" },
            },
            'keep:redis.sentinel.hosts.0 ("[::1]:26379") is an IPv6 address, which Keep does not support in a list of Sentinels. Give a host name.',
            'keep:redis.sentinel.hosts.1 ("s:70000") is not a host with its port. Write it like sentinel-0.example.com:26379.',
        ],
        "a Redis port out of range": [
            { redis: { kind: "external", host: "r", port: 65536 }, database: { kind: "postgres" } },
            "keep:redis.port (65536) is more than 65535. Use 65535 or less.",
        ],
        "a negative Redis database": [
            { redis: { kind: "external", host: "r", database: -1 }, database: { kind: "postgres" } },
            "keep:redis.database (-1) is less than 0. Use 0 or more.",
        ],
        "a Redis elsewhere without an address": [
            { redis: { kind: "external" }, database: { kind: "postgres" } },
            "keep:redis has no address. Give host, or sentinel.",
        ],
        "a Redis elsewhere with two addresses": [
            { redis: { kind: "external", host: "r", sentinel: SENTINEL }, database: { kind: "postgres" } },
            "keep:redis has a host beside its Sentinels, which name it. Keep one of host and sentinel.",
        ],
    });
    accepts({
        "a Redis by its Sentinels": { redis: { kind: "external", sentinel: SENTINEL }, database: { kind: "postgres" } },
    });
});
