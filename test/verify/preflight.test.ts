import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { besideProxy, complete, type MemoryCluster, report } from "./memoryCluster";

function without(name: string): MemoryCluster {
    const cluster = complete();
    Reflect.deleteProperty(cluster.objects, name);
    return cluster;
}

function changed(change: (cluster: MemoryCluster) => void): MemoryCluster {
    const cluster = complete();
    change(cluster);
    return cluster;
}

/** An object of a release. */
function ownedBy(release: string) {
    return { metadata: { labels: { "app.kubernetes.io/instance": release } } };
}

describe("the preflight of a cluster", () => {
    it("finds nothing where everything is there", async () => {
        const { failures, text } = await report(complete());
        assert.equal(failures, 0, text);
        assert.match(text, /- images +skipped: only nodes can check/);
    });

    const faults: Readonly<Record<string, readonly [() => MemoryCluster, RegExp]>> = {
        "a Kubernetes that is too old": [
            () => changed((it) => (it.gitVersion = "v1.29.4")),
            /has Kubernetes v1\.29\.4, and the stack needs 1\.30/,
        ],
        "a missing CRD": [
            () => changed((it) => it.unknownKinds.add("PodMonitor")),
            /no kind PodMonitor of monitoring\.coreos\.com\/v1/,
        ],
        "a missing ingress class": [
            () => without("IngressClass nginx"),
            /Ingress keep-\S+ needs IngressClass nginx, which does not exist/,
        ],
        "a missing issuer": [
            () => without("ClusterIssuer letsencrypt"),
            /needs ClusterIssuer letsencrypt, which does not exist/,
        ],
        "a missing priority class": [
            () => without("PriorityClass important"),
            /needs PriorityClass important, which does not exist/,
        ],
        "a missing Secret": [
            () => without("Secret registry"),
            /needs Secret registry in namespace alerting, which does not exist/,
        ],
        "a missing key of a Secret": [
            () => changed((it) => (it.objects["Secret openai"] = { data: { key: "eA==" } })),
            /needs key api-key of Secret openai in namespace alerting, which has no such key/,
        ],
        "no default storage class": [
            () => without("StorageClass standard"),
            /no default StorageClass, and keep-sqlite/,
        ],
        "a missing namespace": [
            () => without("Namespace alerting"),
            /namespace alerting does not exist, and keep:namespace\.create is false/,
        ],
        "a namespace of credentials that another installation has": [
            () => changed((it) => (it.objects["Namespace alerting-keep-secrets"] = ownedBy("alerting-keep"))),
            /Namespace alerting-keep-secrets exists already, and belongs to release alerting-keep\. Set another keep:release/,
        ],
        "a namespace of credentials that somebody made": [
            () => changed((it) => (it.objects["Namespace alerting-keep-secrets"] = {})),
            /Namespace alerting-keep-secrets exists already, and this stack did not create it/,
        ],
        "Pod Security that rejects the pods": [
            () => changed((it) => (it.rejected = 'violates PodSecurity "restricted:latest"')),
            /would reject pods of Deployment keep-backend: violates PodSecurity/,
        ],
        "a quota that is too small": [
            () =>
                changed(
                    (it) =>
                        (it.objects["ResourceQuota team"] = {
                            metadata: { name: "team" },
                            spec: { hard: { "requests.cpu": "100m" } },
                        }),
                ),
            /needs \S+ of requests\.cpu, and quota team of namespace alerting allows 100m/,
        ],
    };
    for (const [fault, [cluster, named]] of Object.entries(faults)) {
        it(`finds and names: ${fault}`, async () => {
            const { failures, failed } = await report(cluster());
            assert.notEqual(failures, 0);
            assert.ok(failed.every((line) => named.test(line)) || fault.startsWith("Pod Security"), failed.join("\n"));
            assert.match(failed.join("\n"), named);
        });
    }

    it("names a namespace that the stack would create and somebody has", async () => {
        const { failed } = await report(complete(), { namespace: { name: "alerting" } });
        assert.match(failed.join("\n"), /namespace alerting exists already, and something else created it/);
    });

    it("names a PersistentVolume of another installation", async () => {
        const cluster = changed(
            (it) => (it.objects["PersistentVolume alerting-keep-sqlite"] = ownedBy("alerting-keep")),
        );
        const persistentVolume = { hostPath: { path: "/data" } };
        const { failed } = await report(cluster, { database: { kind: "sqlite", volume: { persistentVolume } } });
        assert.match(failed.join("\n"), /PersistentVolume alerting-keep-sqlite exists already, and belongs to release/);
    });

    it("accepts the namespaces of an earlier deployment", async () => {
        const cluster = changed((it) => {
            it.objects["Namespace alerting"] = ownedBy("keep");
            it.objects["Namespace alerting-keep-secrets"] = ownedBy("keep");
        });
        assert.equal((await report(cluster, { namespace: { name: "alerting" } })).failures, 0);
    });

    it("names the right that it lacks, and does not count it as a fault", async () => {
        const { failures, text } = await report(changed((it) => it.forbidden.add("Secret")));
        assert.equal(failures, 0, text);
        assert.match(text, /- references +skipped: needs the right to get Secret in namespace alerting/);
    });

    describe("of an external database", () => {
        async function answerOf(engine: string, greet: (data: Buffer | undefined) => Buffer | undefined) {
            const server = createServer((socket) => {
                const hello = greet(undefined);
                if (hello !== undefined) socket.write(hello);
                socket.on("data", (data) => socket.write(greet(data) ?? ""));
                socket.on("error", () => socket.destroy());
            });
            await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
            const { port } = server.address() as AddressInfo;
            try {
                const database = { kind: "external", engine, host: "127.0.0.1", port };
                return (await report(complete(), { ...besideProxy, database, databasePassword: "p" })).text;
            } finally {
                server.close();
            }
        }

        const mysql = (version: string) => (data: Buffer | undefined) =>
            data === undefined ? Buffer.from(`\x4a\0\0\0\x0a${version}\0rest`, "latin1") : undefined;

        it("reads the version of MySQL, and rejects MariaDB and old versions", async () => {
            assert.match(await answerOf("mysql", mysql("8.4.6")), /✓ database +127\.0\.0\.1:\d+ is MySQL 8\.4\.6/);
            assert.match(
                await answerOf("mysql", mysql("5.7.44")),
                /✗ database .*has MySQL 5\.7\.44, and Keep needs 8\.0/,
            );
            assert.match(await answerOf("mysql", mysql("5.5.5-10.11.6-MariaDB")), /✗ database .*is MariaDB/);
        });

        for (const [engine, answer, text] of [
            [
                "mysql",
                "\x41\0\0\0\xff\x6a\x04Host '10.0.0.9' is not allowed to connect",
                "Host '10.0.0.9' is not allowed to connect",
            ],
            ["mysql", "\x1a\0\0\0\xff\x10\x04#08004Too many connections", "Too many connections"],
            ["postgres", "E\0\0\0\x40SFATAL\0C53300\0Mtoo many clients\0\0", "too many clients"],
            ["postgres", "EFATAL:  too many clients\n\0", "FATAL:  too many clients"],
        ] as const) {
            it(`skips a server that refuses this machine: ${engine}, ${text}`, async () => {
                const printed = await answerOf(engine, (data) =>
                    (data === undefined) === (engine === "mysql") ? Buffer.from(answer, "latin1") : undefined,
                );
                const [line = ""] = printed.split("\n").filter((row) => row.includes("database"));
                assert.match(line, /- database +skipped: 127\.0\.0\.1:\d+ answers this machine with an error \(/);
                assert.ok(line.includes(`(${text}). --pods logs in from the cluster`), line);
            });
        }

        it("rejects another server than MySQL", async () => {
            assert.match(
                await answerOf("mysql", () => Buffer.from("-ERR unknown")),
                /✗ database .*is not a MySQL server/,
            );
        });

        it("tells PostgreSQL from another server", async () => {
            assert.match(
                await answerOf("postgres", (data) => (data === undefined ? data : Buffer.from("S"))),
                /✓ database/,
            );
            assert.match(
                await answerOf("postgres", () => Buffer.from("HTTP/1.1 400")),
                /✗ database .*is not a PostgreSQL server/,
            );
        });
    });
});
