import assert from "node:assert/strict";

import { isInternal } from "../../components/fields/host";
import { accepts } from "../support/refusals";

const AUTHORITY = { configMap: { name: "corp-ca", key: "ca.crt" } };
const postgres = { kind: "external", engine: "postgres" };
const elasticsearch = { hosts: ["https://quickstart-es-http.elastic-system.svc:9200"] };
const secretStore = { kind: "vault", address: "https://vault.vault.svc:8200", role: "keep" };
const backup = { kind: "s3", bucket: "dumps", credentials: "s3", endpoint: "https://s3.openshift-storage.svc" };
const queue = {
    database: { kind: "postgres" },
    redis: { kind: "external", host: "redis-master.redis.svc.cluster.local", tls: true },
};
const websocket = { kind: "external", host: "soketi.corp.internal", appId: "1", appKey: "k" };
const pusherSecret = "s";
const url = (host: string, query: string) => `postgresql+psycopg2://k:p@${host}/keep?${query}`;
const trusting = {
    volumes: [{ name: "ca", configMap: { name: "ca" } }],
    volumeMounts: [{ name: "ca", mountPath: "/etc/ssl/certs" }],
};

describe("hosts for which no public authority signs certificates", () => {
    for (const host of [
        "es",
        "minio.tenant.svc.cluster.local",
        "vault.vault.svc.",
        "ES.corp",
        "10.0.0.5",
        "172.31.255.1",
        "192.168.1.10",
        "127.0.0.1",
        "[fd00::1]",
        "::1",
    ]) {
        it(`are such as ${host}`, () => {
            assert.ok(isInternal(host));
        });
    }
    for (const host of [
        "vault.vault",
        "db.example.com",
        "svc.example.com",
        "172.32.0.1",
        "51.159.26.1",
        "2001:db8::1",
    ]) {
        it(`are not such as ${host}`, () => {
            assert.ok(!isInternal(host));
        });
    }

    accepts({
        "all of them with an authority": {
            database: { ...postgres, host: "pg.db.svc", tls: {} },
            databasePassword: "p",
            elasticsearch,
            secretStore,
            backup,
            extraCa: AUTHORITY,
        },
        "a database with its own authority": {
            database: { ...postgres, host: "10.20.0.3", tls: { ca: AUTHORITY } },
            databasePassword: "p",
        },
        "a database whose certificate is not verified": {
            database: { ...postgres, host: "10.20.0.3", tls: { mode: "require" } },
            databasePassword: "p",
        },
        "a database whose certificate may name another host": {
            database: { ...postgres, host: "10.20.0.3", tls: { mode: "verify-ca" } },
            databasePassword: "p",
        },
        "a database by a URL without verification": {
            database: postgres,
            databaseUrl: url("pg.db.svc", "sslmode=require"),
        },
        "a database by a URL with a file of its authority": {
            database: postgres,
            databaseUrl: url("keep.a1.eu-west-1.rds.amazonaws.com", "sslmode=verify-full&sslrootcert=/etc/rds.pem"),
        },
        "a database by a URL, and authorities of the user in place of the public ones": {
            database: postgres,
            databaseUrl: url("pg.db.svc", "sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt"),
            backend: trusting,
        },
        "a database by a URL with a file of its authority, and without a mode": {
            database: postgres,
            databaseUrl: url("pg.db.svc", "sslrootcert=/etc/pg.pem"),
        },
        "a public host by a URL without a mode": {
            database: postgres,
            databaseUrl: url("pooler.example.com", "sslrootcert=system"),
        },
        "a Serverless SQL Database of Scaleway, whose authority is public": {
            database: postgres,
            databaseUrl: url("1a2b3c4d.pg.sdb.fr-par.scw.cloud", "sslmode=verify-full&sslrootcert=system"),
        },
        "a database of Scaleway with its authority": {
            database: { ...postgres, host: "rw-1a2b3c4d.rdb.fr-par.scw.cloud", port: 12345, tls: { ca: AUTHORITY } },
            databasePassword: "p",
        },
        "a public host by a URL": {
            database: postgres,
            databaseUrl: url("keep.postgres.database.azure.com", "sslmode=verify-full&sslrootcert=system"),
        },
        "Elasticsearch without verification": { elasticsearch: { ...elasticsearch, verifyCerts: false } },
        "plain addresses": {
            secretStore: { ...secretStore, address: "http://vault.vault.svc:8200" },
            database: { kind: "postgres" },
            backup: { ...backup, endpoint: "http://minio.tenant.svc:9000" },
        },
        "a Redis with an authority": { ...queue, extraCa: AUTHORITY },
        "a Redis whose certificate may name another host, without Soketi": { ...queue, websocket: { kind: "none" } },
        "a Redis that Soketi does not verify": {
            ...queue,
            websocket: { kind: "soketi", env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } },
        },
        "a Redis without TLS": { ...queue, redis: { ...queue.redis, tls: false } },
        "a Redis with a public certificate": { ...queue, redis: { ...queue.redis, host: "redis.example.com" } },
        "a Soketi of the user": { ...queue, images: { websocket: "registry.example.com/soketi-with-ca:1.6.1" } },
        "a Soketi with an authority of the user": { ...queue, websocket: { kind: "soketi", ...trusting } },
        "an external websocket server with an authority": { websocket, pusherSecret, extraCa: AUTHORITY },
        "an external websocket server with an authority in an image of the user": {
            websocket,
            pusherSecret,
            backend: { image: "registry.example.com/keep-api:0.54.2" },
        },
        "an external websocket server with a public certificate": {
            websocket: { ...websocket, host: "soketi.example.com" },
            pusherSecret,
        },
        "an external websocket server without TLS": {
            websocket: { ...websocket, port: 6001 },
            pusherSecret,
            publicUrl: "http://keep.corp.internal",
        },
        "an image of the user": { secretStore, backend: { image: "registry.example.com/keep-api:0.54.2" } },
        "a variable that names authorities": { secretStore, backend: { env: { CURL_CA_BUNDLE: "/ca/ca.pem" } } },
        "an rclone of the user": {
            database: { kind: "postgres" },
            backup,
            images: { backup: "registry.example.com/rclone-with-ca:1" },
        },
        "a Keycloak in the cluster that the API does not verify": {
            auth: {
                kind: "keycloak",
                url: "https://keycloak.keycloak.svc:8443",
                issuer: "https://keycloak.example.com/realms/keep",
                realm: "keep",
                clientId: "keep",
                adminUser: "keep",
                verifyCertificate: false,
            },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
        },
    });
});
