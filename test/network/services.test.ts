import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep } from "../../components/keep";
import { RELEASE, type Written } from "../support/config";
import { deploy } from "../support/harness";
import { asker, exitsOf, PARTS, pod } from "./asker";

const internet = { address: "203.0.113.9" };
const okta = { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default" };
const PROCESSES = ["backend", "consumer", "setup", "worker"];

/** Services with another port than their pods, which listen on 9999, and who must reach these pods. */
const services: Readonly<Record<string, readonly [Written, readonly string[]]>> = {
    "a database": [
        { database: { kind: "external", engine: "postgres", host: "pg.data.svc" }, databasePassword: "p" },
        PROCESSES,
    ],
    "a database of Keep's own namespace": [
        { database: { kind: "external", engine: "postgres", host: "pg" }, databasePassword: "p" },
        PROCESSES,
    ],
    Redis: [
        { redis: { kind: "external", host: "redis.data" }, websocket: { kind: "soketi" } },
        [...PROCESSES, "websocket"].sort(),
    ],
    "Sentinels of Redis": [
        {
            redis: { kind: "external", sentinel: { hosts: ["10.7.7.7", "sentinel.data:80"] } },
            websocket: { kind: "soketi" },
        },
        [...PROCESSES, "websocket"].sort(),
    ],
    "no pod for Sentinels outside of the cluster": [
        {
            redis: { kind: "external", sentinel: { hosts: ["sentinel-0.example.com", "10.7.7.7:26380"] } },
            websocket: { kind: "none" },
        },
        [],
    ],
    Elasticsearch: [{ elasticsearch: { hosts: ["http://es.data.svc.cluster.local:80"] } }, PROCESSES],
    "a websocket server": [
        {
            publicUrl: "http://keep.example.com",
            ingress: { kind: "external" },
            websocket: { kind: "external", host: "push.example.com", port: 80, appId: "1", appKey: "k" },
            pusherSecret: "secret",
            networkPolicy: { destinations: { websocket: [{ namespace: "data" }] } },
        },
        PROCESSES,
    ],
    Vault: [{ secretStore: { kind: "vault", address: "http://vault.data.svc.", role: "keep" } }, PROCESSES],
    Keycloak: [
        {
            auth: {
                kind: "keycloak",
                url: "http://keycloak.data.svc",
                issuer: "https://id.example.com/realms/keep",
                realm: "keep",
                clientId: "keep",
                adminUser: "admin",
            },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
        },
        ["backend", "consumer", "frontend", "setup", "worker"],
    ],
    "an identity provider behind a controller of the cluster": [
        {
            auth: okta,
            authClientSecret: "s",
            networkPolicy: { destinations: { identityProvider: [{ namespace: "data" }] } },
        },
        ["backend", "consumer", "frontend", "setup", "worker"],
    ],
    "a model": [{ openaiApiKey: "k", openai: { baseUrl: "http://ollama.data/v1" } }, ["backend", "frontend"]],
    "a proxy": [
        { proxy: { http: "http://proxy.data.svc", https: "http://proxy.data.svc" } },
        ["backend", "consumer", "frontend", "setup", "worker"],
    ],
    "a bucket": [
        { backup: { kind: "s3", bucket: "dumps", endpoint: "http://minio.data.svc", credentials: "s3" } },
        ["backup"],
    ],
    "the pod's port that the stack names": [
        {
            redis: { kind: "external", host: "redis.data.svc" },
            websocket: { kind: "none" },
            networkPolicy: { destinations: { redis: [{ namespace: "data", ports: [9999] }] } },
        },
        PROCESSES,
    ],
    "no pod on another port than the stack names": [
        {
            redis: { kind: "external", host: "redis.data.svc" },
            websocket: { kind: "none" },
            networkPolicy: { destinations: { redis: [{ namespace: "data", ports: [6379] }] } },
        },
        [],
    ],
    "no pod for a host outside of the cluster": [
        { database: { kind: "external", engine: "postgres", host: "pg.example.com" }, databasePassword: "p" },
        [],
    ],
};

describe("NetworkPolicies let out to the pods of a Service", () => {
    const service = { namespace: "data", labels: {} };
    for (const [what, [written, expected]] of Object.entries(services)) {
        it(`of ${what}, and to no address on their port`, async () => {
            const asks = await exitsOf(written);
            assert.deepEqual(
                PARTS.filter((part) => asks(pod(part), service, 9999)),
                expected,
            );
            assert.deepEqual(
                PARTS.filter((part) => asks(pod(part), internet, 9999)),
                [],
            );
        });
    }

    it("if the host is an Output", async () => {
        const exits = async (host: string) =>
            asker(
                await deploy(
                    () =>
                        new Keep("keep", {
                            publicUrl: "http://keep.example.com",
                            namespace: { name: RELEASE },
                            database: { kind: "external", engine: "postgres", host: pulumi.output(host) },
                            databasePassword: "p",
                            networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }], providers: [] },
                        }),
                ),
            );
        const [named, addressed] = [await exits("pg.data.svc"), await exits("10.7.7.7")];
        assert.equal(named(pod("backend"), service, 9999), true);
        assert.equal(addressed(pod("backend"), service, 9999), false);
        assert.equal(addressed(pod("backend"), { address: "10.7.7.7" }, 5432), true);
    });
});
