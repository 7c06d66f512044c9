import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer } from "../support/objects";

async function external(database: Written, others: Written = {}) {
    const run = await deployKeep({ database: { kind: "external", engine: "postgres", ...database }, ...others });
    const { DATABASE_CONNECTION_STRING, DATABASE_PASSWORD } = envOf(mainContainer(run.resources, "backend"));
    const made = run.all("Secret").filter(({ name }) => name === "keep-database");
    return { ...run, url: DATABASE_CONNECTION_STRING, password: DATABASE_PASSWORD, made };
}

describe("an external database", () => {
    it("is found by the URL of the stack, from a Secret of ours", async () => {
        const databaseUrl = "postgresql+psycopg2://me:p@db.example.com/keep";

        const { url, made, all } = await external({}, { databaseUrl });

        assert.equal(url, "Secret keep.database-url/url");
        assert.deepEqual(
            made.map(({ inputs }) => inputs.stringData),
            [{ url: databaseUrl }],
        );
        assert.deepEqual(
            all("Deployment")
                .map(({ name }) => name)
                .sort(),
            ["keep-backend", "keep-frontend", "keep-websocket"],
        );
    });

    it("is found by a URL in a Secret that exists already, and makes none", async () => {
        const { url, made } = await external({ urlSecret: { name: "db", key: "dsn" } });

        assert.equal(url, "Secret db/dsn");
        assert.deepEqual(made, []);
    });

    it("is found by its parts and the password of the stack, percent-encoded", async () => {
        const { url, made } = await external(
            { host: "db.example.com", user: "me@corp", name: "alerts", parameters: { sslmode: "require" } },
            { databasePassword: "p@ss" },
        );

        assert.equal(url, "Secret keep.database-url/url");
        assert.deepEqual(
            made.map(({ inputs }) => inputs.stringData.url),
            ["postgresql+psycopg2://me%40corp:p%40ss@db.example.com:5432/alerts?sslmode=require"],
        );
    });

    it("is found by its parts and a password in a Secret that exists already, put in by Kubernetes", async () => {
        const { url, password, made } = await external({
            engine: "mysql",
            host: "db.example.com",
            port: 3307,
            passwordSecret: { name: "db", key: "password" },
        });

        assert.equal(password, "Secret db/password");
        assert.equal(url, "mysql+pymysql://keep:$(DATABASE_PASSWORD)@db.example.com:3307/keep");
        assert.deepEqual(made, []);
    });

    it("is found by parts that an operator keeps in a Secret, of which the state has nothing", async () => {
        const key = (name: string) => ({ name: "keep-db", key: name });
        const { url, resources, made, all } = await external({
            hostSecret: key("host"),
            portSecret: key("port"),
            nameSecret: key("dbname"),
            userSecret: key("user"),
            passwordSecret: key("password"),
            parameters: { sslmode: "require" },
        });

        const address = "$(DATABASE_HOST):$(DATABASE_PORT)/$(DATABASE_NAME)?sslmode=require";
        assert.equal(url, `postgresql+psycopg2://$(DATABASE_USER):$(DATABASE_PASSWORD)@${address}`);
        const env = mainContainer(resources, "backend").env ?? [];
        const names = env.map(({ name }) => name);
        for (const [variable, entry] of Object.entries({ HOST: "host", PORT: "port", NAME: "dbname", USER: "user" })) {
            assert.equal(envOf(mainContainer(resources, "backend"))[`DATABASE_${variable}`], `Secret keep-db/${entry}`);
            // Kubernetes fills in only what stands before.
            assert.ok(names.indexOf(`DATABASE_${variable}`) < names.indexOf("DATABASE_CONNECTION_STRING"));
        }
        assert.deepEqual(made, []);
        assert.ok(all("RandomPassword").every(({ name }) => !name.includes("database")));
    });

    it("is found by an IPv6 address, in brackets", async () => {
        for (const host of ["2001:db8::10", "[2001:db8::10]"]) {
            const { made } = await external({ host }, { databasePassword: "p" });
            assert.equal(made[0]?.inputs.stringData.url, "postgresql+psycopg2://keep:p@[2001:db8::10]:5432/keep");
        }
    });

    it("speaks SQL Server with the parameters that its driver needs, of which the stack's replace ours", async () => {
        const { made } = await external(
            { engine: "sqlserver", host: "db", parameters: { TrustServerCertificate: "no" } },
            { databasePassword: "p", backend: { image: "registry.example.com/keep-api:mssql" } },
        );

        assert.equal(
            made[0]?.inputs.stringData.url,
            "mssql+pyodbc://keep:p@db:1433/keep?driver=ODBC%20Driver%2018%20for%20SQL%20Server&TrustServerCertificate=no",
        );
    });

    it("is used with the pool of the stack", async () => {
        const { resources } = await external({
            urlSecret: { name: "db", key: "dsn" },
            pool: { size: 1, maxOverflow: 8, timeout: 3, recycle: 4 },
        });

        const env = envOf(mainContainer(resources, "backend"));
        assert.deepEqual(
            ["SIZE", "TIMEOUT", "RECYCLE"].map((name) => env[`DATABASE_POOL_${name}`]),
            ["1", "3", "4"],
        );
        assert.deepEqual([env.DATABASE_MAX_OVERFLOW, env.KEEP_DB_PRE_PING_ENABLED], ["8", "true"]);
    });
});

describe("a SQLite database", () => {
    it("is a file in a disk that the API mounts, one pod at a time", async () => {
        const { resources, one } = await deployKeep();

        const { volumeMounts } = mainContainer(resources, "backend");
        assert.deepEqual(volumeMounts?.at(-1), { name: "state", mountPath: "/state" });
        assert.equal(
            envOf(mainContainer(resources, "backend")).DATABASE_CONNECTION_STRING,
            "sqlite:////state/keep.db?check_same_thread=False",
        );
        assert.deepEqual(one("Deployment", "keep-backend").inputs.spec.strategy, { type: "Recreate" });
        const { volumes } = one("Deployment", "keep-backend").inputs.spec.template.spec;
        assert.deepEqual(
            volumes.find(({ name }) => name === "state"),
            { name: "state", persistentVolumeClaim: { claimName: "keep-sqlite" } },
        );
    });

    it("is set up by the API's pod, before the API", async () => {
        const { one } = await deployKeep();

        const [setup] = one("Deployment", "keep-backend").inputs.spec.template.spec.initContainers;
        assert.equal(setup?.name, "setup");
        assert.deepEqual(
            setup.volumeMounts.find(({ name }) => name === "state"),
            { name: "state", mountPath: "/state" },
        );
    });

    it("can be a claim that exists already", async () => {
        const { all, one } = await deployKeep({ database: { kind: "sqlite", volume: { existingClaim: "mine" } } });

        assert.deepEqual(all("PersistentVolumeClaim"), []);
        const { volumes } = one("Deployment", "keep-backend").inputs.spec.template.spec;
        assert.deepEqual(
            volumes.find(({ name }) => name === "state"),
            { name: "state", persistentVolumeClaim: { claimName: "mine" } },
        );
    });
});
