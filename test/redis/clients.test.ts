import assert from "node:assert/strict";

import { keepRedisEnv, soketiRedisEnv } from "../../components/redis/clients";

const password = { secret: { name: "redis", key: "password" } };
const client = { password, isJson: false, prefix: "p" };

describe("clients of an external Redis", () => {
    it("speak TLS together: Keep by a switch, Soketi by the options of its Redis client", () => {
        const address = { host: "redis.example.com", port: 6380, database: 2, tls: true };
        assert.equal(keepRedisEnv(address, password).REDIS_SSL, "true");
        const { SOKETI_ADAPTER_REDIS_SUB_OPTIONS: sub, SOKETI_ADAPTER_REDIS_PUB_OPTIONS: pub } = soketiRedisEnv(
            address,
            client,
        );
        assert.deepEqual([sub, pub], ['{"tls":{}}', '{"tls":{}}']);
        assert.equal(soketiRedisEnv({ ...address, tls: false }, client).SOKETI_ADAPTER_REDIS_SUB_OPTIONS, undefined);
    });

    it("find it through its Sentinels, each in its own words", () => {
        const sentinel = { hosts: ["a.example.com:26380", "b.example.com"], service: "main" };
        const address = { port: 6379, database: 0, tls: false, sentinel };
        assert.deepEqual(keepRedisEnv(address, password), {
            REDIS: "true",
            REDIS_SENTINEL_ENABLED: "true",
            REDIS_SENTINEL_HOSTS: "a.example.com:26380,b.example.com",
            REDIS_SENTINEL_SERVICE_NAME: "main",
            REDIS_DB: "0",
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
        const address = { host: "redis.example.com", port: 6379, database: 0, tls: false };
        const quoted = soketiRedisEnv(address, client);
        const { SOKETI_DB_REDIS_PASSWORD: stored } = soketiRedisEnv(address, { ...client, isJson: true });

        assert.deepEqual([quoted.REDIS_PASSWORD, quoted.SOKETI_DB_REDIS_PASSWORD], [password, '"$(REDIS_PASSWORD)"']);
        assert.deepEqual(stored, password);
    });
});
