import assert from "node:assert/strict";

import type { Keep } from "../../components/keep";
import { deployKeep, deployStack, RELEASE, stack, type Written } from "../support/config";
import type { Deployed } from "../support/harness";
import type { End } from "../support/reach";
import { type Asker, asker, PARTS, pod } from "./asker";

/** Ports that something listens on, by what asks there. */
const PORTS = { backend: 8080, database: 5432, frontend: 3000, redis: 6379, websocket: 6001, metrics: 9601 };

const edge = { namespace: "traefik", labels: { app: "traefik" } };
const monitoring = { namespace: "monitoring", labels: { app: "prometheus" } };
const stranger = { namespace: "default", labels: { app: "stranger" } };
/** In Keep's own namespace, but no part of Keep. */
const neighbour = { namespace: RELEASE, labels: { app: "neighbour" } };
/** A Keep beside Keep, in the same namespace. */
const otherKeep = pod("backend", "other");
const internet = { address: "203.0.113.9" };
const internet6 = { address: "2001:db8::9" };
const metadata = { address: "169.254.169.254" };

/** Who reaches whom on the ports that are listened on, as `from > to:port`. */
function table(asks: Asker, from: Readonly<Record<string, End>>): string[] {
    return Object.entries(from).flatMap(([name, end]) =>
        PARTS.flatMap((to) =>
            Object.values(PORTS)
                .filter((port) => asks(end, pod(to), port))
                .map((port) => `${name} > ${to}:${port}`),
        ),
    );
}

describe("NetworkPolicies", () => {
    let prod: Deployed<Keep>;
    before(async () => {
        prod = await deployStack(stack("prod"));
    });

    it("are not made unless asked for", async () => {
        assert.deepEqual((await deployKeep({})).all("NetworkPolicy"), []);
    });

    it("let the parts of a release reach each other where one uses the other", () => {
        assert.deepEqual(table(asker(prod), Object.fromEntries(PARTS.map((part) => [part, pod(part)]))), [
            "backend > database:5432",
            "backend > redis:6379",
            "backend > websocket:6001",
            "frontend > backend:8080",
            "setup > database:5432",
            "setup > redis:6379",
            "setup > websocket:6001",
            "websocket > redis:6379",
            "worker > database:5432",
            "worker > redis:6379",
            "worker > websocket:6001",
        ]);
    });

    it("let in the edge and the monitoring, and nobody else", () => {
        const strangers = { edge, monitoring, stranger, neighbour, otherKeep, internet };
        assert.deepEqual(table(asker(prod), strangers), [
            "edge > backend:8080",
            "edge > frontend:3000",
            "edge > websocket:6001",
            "monitoring > backend:8080",
            "monitoring > websocket:9601",
        ]);
    });

    it("let Keep's processes call providers anywhere but the nodes' own addresses, and the others nowhere", () => {
        const asks = asker(prod);
        const callers = (to: End, port: number) => PARTS.filter((part) => asks(pod(part), to, port));
        const processes = ["backend", "setup", "worker"];
        assert.deepEqual(callers(internet, 443), processes);
        assert.deepEqual(callers(internet6, 8443), processes);
        assert.deepEqual(callers(stranger, 9090), processes);
        const addresses = [
            ...[
                "fe80::1",
                "fd00:42::42",
                "fd00:100::100:200",
                "fd00:a9fe:a9fe::1",
                "fd00:c1::a9fe:a9fe",
                "fd00:ec2::254",
            ],
            ...["fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
        ];
        for (const own of [metadata, ...addresses.map((address) => ({ address }))]) {
            assert.deepEqual(callers(own, 80), [], own.address);
        }
    });

    it("let KEDA ask for the length of the queue where it scales workers, and nobody else from there", async () => {
        const keda = { namespace: "keda", labels: { app: "keda-operator" } };
        const stack: Written = {
            database: { kind: "postgres" },
            redis: { kind: "bundled" },
            networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }] },
        };
        const scaled = { worker: { autoscaling: { max: 2 }, queueLength: 20 } };
        assert.deepEqual(table(asker(await deployKeep({ ...stack, ...scaled })), { keda }), ["keda > redis:6379"]);
        assert.deepEqual(table(asker(await deployKeep(stack)), { keda }), []);
    });

    it("mean pods of Keep's own namespace where an edge is told by the pods' labels alone", async () => {
        const labels = { app: "edge" };
        const asks = asker(await deployKeep({ networkPolicy: { enabled: true, edge: [{ podLabels: labels }] } }));
        assert.equal(asks({ namespace: RELEASE, labels }, pod("frontend"), 3000), true);
        assert.equal(asks({ namespace: "elsewhere", labels }, pod("frontend"), 3000), false);
    });

    it("lead to an address in IPv6 alone, to the ports of URLs, and to an identity provider at both of its addresses", async () => {
        const asks = asker(
            await deployKeep({
                networkPolicy: {
                    enabled: true,
                    edge: [{ namespace: "traefik" }],
                    providers: [{ cidr: "198.51.100.0/24" }],
                },
                database: { kind: "external", engine: "postgres", host: "2001:db8::5" },
                databasePassword: "p",
                backup: { kind: "s3", bucket: "dumps", endpoint: "http://minio.example.com", credentials: "s3" },
                auth: {
                    kind: "keycloak",
                    clientId: "keep",
                    url: "http://keycloak.sso:8080",
                    issuer: "https://sso.example.com/realms/team",
                    realm: "team",
                    adminUser: "root",
                },
                authClientSecret: "s",
                keycloakAdminPassword: "p",
            }),
        );
        const backup = pod("backup");

        assert.equal(asks(pod("backend"), { address: "2001:db8::5" }, 5432), true);
        assert.equal(asks(pod("backend"), { address: "2001:db8::6" }, 5432), false);
        assert.deepEqual(
            [80, 443].map((port) => asks(backup, internet, port)),
            [true, false],
        );
        for (const part of ["backend", "frontend"] as const) {
            assert.deepEqual(
                [443, 8080, 80].map((port) => asks(pod(part), internet, port)),
                [true, true, false],
            );
        }
    });

    describe("with providers and destinations named", () => {
        let asks: Asker;
        before(async () => {
            asks = asker(
                await deployKeep({
                    networkPolicy: {
                        enabled: true,
                        edge: [{ cidr: "192.0.2.0/24", except: ["192.0.2.128/25"] }],
                        providers: [{ cidr: "198.51.100.0/24", ports: [443] }],
                        destinations: {
                            apiServer: [{ cidr: "10.96.0.1/32" }],
                            elasticsearch: [{ cidr: "10.6.6.6/32" }],
                            redis: [{ namespaceLabels: { team: "data" }, podLabels: { app: "redis" } }],
                        },
                    },
                    database: { kind: "external", engine: "mysql", host: "10.5.5.5" },
                    databasePassword: "p",
                    redis: { kind: "external", host: "redis.data", port: 6380 },
                    elasticsearch: { hosts: ["https://es-0.data:9200", "https://es-1.data:9243"] },
                    auth: { kind: "okta", clientId: "c", issuer: "https://team.okta.com:8443/oauth2/default" },
                    authClientSecret: "s",
                    retention: { days: 30 },
                }),
            );
        });
        const callers = (to: End, port: number) => PARTS.filter((part) => asks(pod(part), to, port));
        const PROCESSES = ["backend", "setup", "worker"];
        const redis = { namespace: "data", namespaceLabels: { team: "data" }, labels: { app: "redis" } };

        it("open what is named, on its ports, to those who use it", () => {
            assert.deepEqual(callers({ address: "198.51.100.7" }, 443), PROCESSES);
            assert.deepEqual(callers({ address: "10.96.0.1" }, 443), PROCESSES);
            assert.deepEqual(callers({ address: "10.96.0.1" }, 6443), PROCESSES);
            assert.deepEqual(callers({ address: "10.5.5.5" }, 3306), ["backend", "retention", "setup", "worker"]);
            assert.deepEqual(callers({ address: "10.6.6.6" }, 9200), PROCESSES);
            assert.deepEqual(callers({ address: "10.6.6.6" }, 9243), PROCESSES);
            assert.deepEqual(callers(redis, 6380), ["backend", "setup", "websocket", "worker"]);
            assert.deepEqual(callers(internet, 8443), ["backend", "frontend", "setup", "worker"]);
            assert.equal(asks({ address: "192.0.2.1" }, pod("frontend"), 3000), true);
        });

        it("open nothing beside", () => {
            assert.deepEqual(callers({ address: "198.51.100.7" }, 80), []);
            assert.deepEqual(callers(internet, 443), []);
            assert.deepEqual(callers(stranger, 9090), []);
            assert.deepEqual(callers({ address: "10.5.5.6" }, 3306), []);
            assert.deepEqual(callers({ address: "10.6.6.6" }, 443), []);
            assert.deepEqual(callers({ address: "10.6.6.7" }, 9200), []);
            assert.deepEqual(callers({ ...redis, labels: { app: "other" } }, 6380), []);
            assert.equal(asks({ address: "192.0.2.200" }, pod("frontend"), 3000), false);
        });
    });
});
