import assert from "node:assert/strict";

import type { EngineName } from "../../components/database/engines";
import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";
import { variant } from "../support/variants";

interface Facts {
    readonly image: string;
    readonly port: number;
    readonly user: number;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly mounts: Readonly<Record<string, string>>;
    readonly probe: readonly string[];
    readonly url: RegExp;
}

const password = "Secret keep.database/password";
const sqlcmd = '/opt/mssql-tools18/bin/sqlcmd -C -b -l 30 -S "${HOST:-127.0.0.1}" -U sa -P "$MSSQL_SA_PASSWORD"';

const engines: Readonly<Record<EngineName, Facts>> = {
    postgres: {
        image: "docker.io/library/postgres:17.6",
        port: 5432,
        user: 999,
        args: ["-c", "max_connections=200", "-c", "shared_buffers=256MB"],
        env: {
            PGDATA: "/var/lib/postgresql/data/pgdata",
            POSTGRES_DB: "keep",
            POSTGRES_PASSWORD: password,
            POSTGRES_USER: "keep",
        },
        mounts: { data: "/var/lib/postgresql/data", run: "/var/run/postgresql", shm: "/dev/shm", tmp: "/tmp" },
        probe: ["pg_isready", "-h", "127.0.0.1", "-U", "keep", "-d", "keep"],
        url: /^postgresql\+psycopg2:\/\/keep:k[a-zA-Z0-9]{31}@keep-database:5432\/keep$/,
    },
    mysql: {
        image: "docker.io/library/mysql:8.4.6",
        port: 3306,
        user: 999,
        args: ["--datadir=/var/lib/mysql/data", "--sort_buffer_size=4M", "--max_connections=200"],
        env: {
            MYSQL_DATABASE: "keep",
            MYSQL_PASSWORD: password,
            MYSQL_ROOT_PASSWORD: password,
            MYSQL_USER: "keep",
        },
        mounts: { data: "/var/lib/mysql", run: "/var/run/mysqld", tmp: "/tmp" },
        probe: ["mysqladmin", "ping", "--silent", "--host=127.0.0.1"],
        url: /^mysql\+pymysql:\/\/keep:k[a-zA-Z0-9]{31}@keep-database:3306\/keep$/,
    },
    sqlserver: {
        image: "mcr.microsoft.com/mssql/server:2022-CU20-ubuntu-22.04",
        port: 1433,
        user: 10001,
        args: [],
        env: { ACCEPT_EULA: "Y", HOME: "/tmp", MSSQL_PID: "Express", MSSQL_SA_PASSWORD: password },
        mounts: { data: "/var/opt/mssql", tmp: "/tmp" },
        probe: ["/bin/sh", "-c", `${sqlcmd} -Q "SELECT 1"`],
        url: /^mssql\+pyodbc:\/\/sa:k[a-zA-Z0-9]{31}@keep-database:1433\/keep\?driver=ODBC%20Driver%2018%20for%20SQL%20Server&TrustServerCertificate=yes$/,
    },
};

/** A server of a kind, with more settings of it. */
function server(kind: string, more: Written = {}, others: Written = {}) {
    const written = variant("database", kind);
    return deployKeep({ ...written, ...others, database: { ...(written.database as object), ...more } });
}

for (const [kind, facts] of Object.entries(engines)) {
    describe(`a server of ${kind}`, () => {
        it("runs as its image wants it", async () => {
            const { resources, one } = await server(kind);
            const container = mainContainer(resources, "database");
            const { spec } = podOf(resources, "database");

            assert.equal(container.image, facts.image);
            assert.deepEqual(container.args, facts.args);
            assert.deepEqual(envOf(container), facts.env);
            assert.deepEqual(
                Object.fromEntries((container.volumeMounts ?? []).map(({ name, mountPath }) => [name, mountPath])),
                facts.mounts,
            );
            assert.deepEqual(container.readinessProbe?.exec?.command, facts.probe);
            assert.deepEqual(container.livenessProbe?.tcpSocket, { port: kind });
            assert.deepEqual([spec.securityContext?.runAsUser, spec.terminationGracePeriodSeconds], [facts.user, 120]);
            assert.deepEqual(
                one("Service", "keep-database").inputs.spec.ports.map(({ port, targetPort }) => [port, targetPort]),
                [[facts.port, kind]],
            );
            assert.deepEqual(container.ports, [{ name: kind, containerPort: facts.port, protocol: "TCP" }]);
        });

        it("is one pod on one disk, never two at a time", async () => {
            const { one, resources } = await server(kind);

            const { replicas, strategy } = one("Deployment", "keep-database").inputs.spec;
            assert.deepEqual([replicas, strategy], [1, { type: "Recreate" }]);
            const data = podOf(resources, "database").spec.volumes?.find(({ name }) => name === "data");
            assert.deepEqual(data, { name: "data", persistentVolumeClaim: { claimName: `keep-${kind}` } });
            assert.equal(one("PersistentVolumeClaim").inputs.metadata.name, `keep-${kind}`);
        });

        it("has a generated password, in a Secret beside the address", async () => {
            const { one } = await server(kind);

            const { stringData } = one("Secret", "keep.database").inputs;
            assert.deepEqual(Object.keys(stringData).sort(), ["password", "url", "username"]);
            assert.match(stringData.url ?? "", facts.url);
            assert.ok(stringData.url?.includes(`:${stringData.password ?? "?"}@`));
        });

        it("takes the password of the stack, percent-encoded in the address", async () => {
            const { one, all } = await server(kind, {}, { databasePassword: "p@ss/word 1" });

            const { stringData } = one("Secret", "keep.database").inputs;
            assert.equal(stringData.password, "p@ss/word 1");
            assert.ok(stringData.url?.includes(":p%40ss%2Fword%201@keep-database:"));
            assert.equal(
                all("RandomPassword").some(({ name }) => name === "keep-database"),
                false,
            );
        });

        it("restarts when its password changes", async () => {
            const annotation = async (databasePassword: string) =>
                podOf((await server(kind, {}, { databasePassword })).resources, "database").annotations[
                    "keep.pulumi/credentials"
                ];

            assert.notEqual(await annotation("First-password-1"), await annotation("Second-password-2"));
        });

        it("takes database, size, place and disk from the stack", async () => {
            const size = { requests: { memory: "4Gi", "ephemeral-storage": "1Gi" } };
            const { resources, one } = await server(kind, {
                name: "alerts",
                resources: size,
                nodeSelector: { disk: "ssd" },
                priorityClassName: "high",
                pool: { size: 2 },
                volume: { size: "50Gi", storageClass: "fast" },
            });

            assert.deepEqual(mainContainer(resources, "database").resources, size);
            const { nodeSelector, priorityClassName } = podOf(resources, "database").spec;
            assert.deepEqual([nodeSelector, priorityClassName], [{ disk: "ssd" }, "high"]);
            const { storageClassName, resources: disk } = one("PersistentVolumeClaim").inputs.spec;
            assert.deepEqual([storageClassName, disk], ["fast", { requests: { storage: "50Gi" } }]);
            assert.match(one("Secret", "keep.database").inputs.stringData.url ?? "", /\/alerts(\?|$)/);
            assert.equal(envOf(mainContainer(resources, "backend")).DATABASE_POOL_SIZE, "2");
        });

        it("leaves its data and its password in the cluster after the stack, when told so", async () => {
            for (const retain of [true, false]) {
                const { one, all } = await server(kind, { volume: { retain } });

                assert.equal(one("PersistentVolumeClaim").options.retainOnDelete ?? false, retain);
                assert.equal(one("Secret", "keep.database").options.retainOnDelete ?? false, retain);
                assert.deepEqual(
                    all("Namespace").map(({ options }) => options.retainOnDelete ?? false),
                    [retain, retain],
                );
            }
        });

        it("leaves its user to OpenShift", async () => {
            const { resources } = await server(kind, {}, { platform: "openshift" });

            assert.equal(podOf(resources, "database").spec.securityContext?.runAsUser, undefined);
        });
    });
}

describe("the parameters of a server", () => {
    it("are PostgreSQL's, of which the stack's replace ours", async () => {
        const { resources } = await server("postgres", { settings: { max_connections: 300, work_mem: "8MB" } });

        assert.deepEqual(mainContainer(resources, "database").args, [
            "-c",
            "max_connections=300",
            "-c",
            "shared_buffers=256MB",
            "-c",
            "work_mem=8MB",
        ]);
    });

    it("are MySQL's, of which the stack's replace ours", async () => {
        const { resources } = await server("mysql", { settings: { max_connections: 300 } });

        assert.ok(mainContainer(resources, "database").args?.includes("--max_connections=300"));
        assert.equal(mainContainer(resources, "database").args?.includes("--max_connections=200"), false);
    });
});

describe("a user of a server", () => {
    it("is made by the image, and stands in address and probe", async () => {
        const { resources, one } = await server("postgres", { user: "alerts" });

        assert.equal(envOf(mainContainer(resources, "database")).POSTGRES_USER, "alerts");
        assert.ok(mainContainer(resources, "database").readinessProbe?.exec?.command?.includes("alerts"));
        const { username, url } = one("Secret", "keep.database").inputs.stringData;
        assert.equal(username, "alerts");
        assert.ok(url?.startsWith("postgresql+psycopg2://alerts:"));
    });
});

describe("SQL Server's database", () => {
    it("is made before setup, because the image makes none", async () => {
        const { resources } = await server("sqlserver", { name: "alerts" });

        const [make] = podOf(resources, "setup").spec.initContainers ?? [];
        assert.deepEqual(make?.command, [
            "/bin/sh",
            "-c",
            `${sqlcmd} -Q "IF DB_ID('alerts') IS NULL CREATE DATABASE [alerts]"`,
        ]);
        assert.equal(make.name, "make-database");
        assert.equal(make.image, engines.sqlserver.image);
        assert.deepEqual(envOf(make), { ...engines.sqlserver.env, HOST: "keep-database" });
    });

    it("is not made for the others, whose images do", async () => {
        const { resources } = await server("postgres");

        assert.deepEqual(podOf(resources, "setup").spec.initContainers, []);
    });
});
