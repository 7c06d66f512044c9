import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { keepRedisEnv, quotingCommand, soketiRedisEnv } from "../../components/redis/clients";
import { withFolder } from "../tools/preview/support";

const password = { secret: { name: "redis", key: "password" } };
const client = { password, isJson: false, prefix: "p" };

describe("clients of an external Redis", () => {
    it("speak TLS together: Keep by a switch, Soketi by the options of its Redis client", () => {
        const address = { host: "redis.example.com", port: 6380, tls: true };
        assert.equal(keepRedisEnv(address, password).REDIS_SSL, "true");
        const { SOKETI_ADAPTER_REDIS_SUB_OPTIONS: sub, SOKETI_ADAPTER_REDIS_PUB_OPTIONS: pub } = soketiRedisEnv(
            address,
            client,
        );
        assert.deepEqual([sub, pub], ['{"tls":{}}', '{"tls":{}}']);
        assert.equal(soketiRedisEnv({ ...address, tls: false }, client).SOKETI_ADAPTER_REDIS_SUB_OPTIONS, undefined);
        const sentinel = { hosts: ["a.example.com"], service: "main" };
        assert.equal(
            soketiRedisEnv({ port: 6379, tls: true, sentinel }, client).SOKETI_ADAPTER_REDIS_SUB_OPTIONS,
            '{"tls":{},"enableTLSForSentinelMode":true}',
        );
    });

    it("find it through its Sentinels, each in its own words", () => {
        const sentinel = { hosts: ["a.example.com:26380", "b.example.com"], service: "main" };
        const address = { port: 6379, tls: false, sentinel };
        assert.deepEqual(keepRedisEnv(address, password), {
            REDIS: "true",
            REDIS_SENTINEL_ENABLED: "true",
            REDIS_SENTINEL_HOSTS: "a.example.com:26380,b.example.com",
            REDIS_SENTINEL_SERVICE_NAME: "main",
            REDIS_USERNAME: undefined,
            REDIS_PASSWORD: password,
            REDIS_SSL: "false",
        });
        const { SOKETI_DB_REDIS_SENTINELS: sentinels, SOKETI_DB_REDIS_INSTANCE_NAME: name } = soketiRedisEnv(
            address,
            client,
        );
        assert.equal(sentinels, '[{"host":"a.example.com","port":26380},{"host":"b.example.com","port":26379}]');
        assert.equal(name, "main");
    });

    it("quote an existing password for Soketi, which reads 1e5 as a number otherwise", () => {
        const address = { host: "redis.example.com", port: 6379, tls: false };
        const quoted = soketiRedisEnv(address, client);
        const { SOKETI_DB_REDIS_PASSWORD: stored } = soketiRedisEnv(address, { ...client, isJson: true });

        assert.deepEqual([quoted.REDIS_PASSWORD, quoted.SOKETI_DB_REDIS_PASSWORD], [password, '"$(REDIS_PASSWORD)"']);
        assert.deepEqual(stored, password);
    });
});

describe("Soketi with a password of an existing Secret", () => {
    for (const password of ["1e5", 'a"b', "back\\slash", "$(HOME)", "日本", "true"]) {
        it(`gets it as it is: ${password}`, async () => {
            await withFolder((root) => {
                const server = join(root, "server.js");
                writeFileSync(
                    server,
                    "console.log(JSON.stringify([process.env.SOKETI_DB_REDIS_PASSWORD, ...process.argv.slice(1)]))",
                );
                const [command = "", ...args] = quotingCommand("quay.io/soketi/soketi:1.6.1-16-debian").map((part) =>
                    part.replaceAll("/app/bin/server.js", server),
                );
                const { stdout } = spawnSync(command, args, {
                    encoding: "utf8",
                    env: { ...process.env, REDIS_PASSWORD: password },
                });

                const [given, ...argv] = JSON.parse(stdout) as string[];
                assert.equal(JSON.parse(given ?? ""), password);
                assert.deepEqual(argv, [server, "start"]);
            });
        });
    }
});
