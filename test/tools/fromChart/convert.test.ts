import assert from "node:assert/strict";

import { rowOf, rows } from "../../../tools/fromChart/rows";
import { type Converted, convert } from "../../../tools/fromChart/convert";
import { stackFile } from "../../../tools/fromChart";
import { remarks } from "../../../tools/fromChart/remarks";
import { contextOf, valuesWith } from "../../support/chartValues";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";

/** Loads a converted stack as `pulumi up` would: it is rejected for what from-chart says, and for nothing else. */
async function load(converted: Converted): Promise<void> {
    // The folders that the user makes are there in tests.
    const unfinished = converted.unfinished.filter((line) => !line.startsWith("keep:provision.workflows"));
    assert.deepEqual(await problems(stackOf(converted)), unfinished);
}

describe("from-chart", () => {
    it("has one row a value", () => {
        const values = rows.map(({ value }) => value);
        assert.equal(new Set(values).size, values.length);
    });

    for (const row of rows) {
        const name =
            row.key === undefined
                ? `says why nothing takes the place of ${row.value}`
                : `turns ${row.value} into ${row.key}`;
        it(name, async () => {
            const context = contextOf(row);
            const before = convert(context);
            const after = convert(valuesWith(row.value, row.example, context));
            assert.deepEqual(
                after.left.filter(({ value }) => !before.left.some((other) => other.value === value)),
                row.because === undefined ? [] : [{ value: row.value, because: row.because }],
            );
            assert.notEqual(stackFile(after) + remarks(after), stackFile(before) + remarks(before), "no effect");
            await load(after);
        });
    }

    it("keeps TLS of OpenShift's Routes, which the router terminates", async () => {
        const route = { enabled: true, host: "keep.apps.example.com", tls: { termination: "edge" } };
        const after = convert({ global: { ingress: { enabled: false } }, frontend: { route }, backend: { route } });
        assert.equal(after.settings.publicUrl, "https://keep.apps.example.com");
        assert.deepEqual(after.settings.ingress, { kind: "openshift", tls: { defaultCertificate: true } });
        await load(after);
    });

    it("leaves out the account that all pods of a namespace share", async () => {
        const after = convert({ serviceAccount: { create: false } });
        assert.deepEqual(
            after.left.map(({ value }) => value),
            ["serviceAccount.create"],
        );
        assert.equal(after.settings.serviceAccount, undefined);
        await load(after);
    });

    for (const [what, annotations, tls, left = []] of [
        ["a cluster's", { "cert-manager.io/cluster-issuer": "letsencrypt" }, { clusterIssuer: "letsencrypt" }],
        ["the namespace's", { "cert-manager.io/issuer": "corp" }, { issuer: "corp" }],
        [
            "a cluster's, by its kind",
            { "cert-manager.io/issuer": "corp", "cert-manager.io/issuer-kind": "ClusterIssuer" },
            { clusterIssuer: "corp" },
        ],
        [
            "an external one",
            {
                "cert-manager.io/issuer": "corp",
                "cert-manager.io/issuer-kind": "AWSPCAClusterIssuer",
                "cert-manager.io/issuer-group": "awspca.cert-manager.io",
            },
            { issuerRef: { name: "corp", kind: "AWSPCAClusterIssuer", group: "awspca.cert-manager.io" } },
        ],
        [
            "two, of which cert-manager takes none",
            { "cert-manager.io/issuer": "a", "cert-manager.io/cluster-issuer": "b" },
            {},
            ["issuer", "cluster-issuer"],
        ],
        [
            "with properties, which a Certificate of one's own sets",
            { "cert-manager.io/issuer": "corp", "cert-manager.io/duration": "2160h" },
            { issuer: "corp" },
            ["duration"],
        ],
    ] as const) {
        it(`carries over the issuer of the certificate: ${what}`, async () => {
            const ingress = {
                annotations: { ...annotations, "example.com/owner": "ops" },
                hosts: [{ host: "keep.example.com" }],
                tls: [{ hosts: ["keep.example.com"], secretName: "keep-tls" }],
            };
            const converted = convert({ global: { ingress } });
            const { tls: found, annotations: others } = converted.settings.ingress as Record<string, unknown>;
            assert.deepEqual(found, { ...tls, secretName: "keep-tls" });
            assert.deepEqual(others, { "example.com/owner": "ops" });
            assert.deepEqual(
                converted.left.map(({ value }) => value),
                left.map((name) => `global.ingress.annotations.cert-manager.io/${name}`),
            );
            await load(converted);
        });
    }

    it("leaves out an issuer without a certificate", async () => {
        const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
        const converted = convert({ global: { ingress: { annotations } } });
        assert.deepEqual(
            converted.left.map(({ value }) => value),
            ["global.ingress.annotations.cert-manager.io/cluster-issuer"],
        );
        await load(converted);
    });

    it("keeps the chart's MySQL when the values say nothing of a database", () => {
        assert.deepEqual(convert({}).settings.database, { kind: "mysql", volume: { size: "5Gi" } });
    });

    it("takes an external database by URL, as a secret", async () => {
        const env = [
            { name: "DATABASE_CONNECTION_STRING", value: "postgresql+psycopg2://keep:pw@db.example.com:5432/keep" },
        ];
        const converted = convert({ database: { enabled: false }, backend: { env } });
        assert.deepEqual(converted.settings.database, { kind: "external", engine: "postgres" });
        assert.equal(converted.secrets.databaseUrl, "postgresql+psycopg2://keep:pw@db.example.com:5432/keep");
        await load(converted);
    });

    for (const [what, env, kind] of [
        ["the chart's own server", { value: "mysql+pymysql://root@keep-database.keep.svc:3306/keep" }, "mysql"],
        [
            "another server, although the chart runs one",
            { value: "mysql+pymysql://keep:pw@db.example.com/keep" },
            "external",
        ],
        ["a file", { value: "sqlite:////state/db" }, "sqlite"],
        ["a Secret", { secretKeyRef: { secretName: "db", secretKey: "url" } }, "external"],
    ] as const) {
        it(`follows an address that names ${what}`, async () => {
            const converted = convert({ backend: { env: [{ name: "DATABASE_CONNECTION_STRING", ...env }] } });

            assert.equal((converted.settings.database as { kind: string }).kind, kind);
            await load(converted);
        });
    }

    it("puts credentials into keep:secretEnv by the rule of the program", () => {
        const hidden = {
            REDISCLI_AUTH: "hunter2",
            OPENAI_API_KEY_2: "hunter2",
            JDBC_URL: "jdbc:postgresql://db/keep?user=keep&password=x",
            BASIC_AUTH: "admin:hunter2",
            KEEP_PROVIDER_GRAFANA: '{"type": "grafana", "authentication": {"token": "hunter2"}}',
        };
        const plain = { PASSWORD_MIN_LENGTH: "12", TOKEN_EXPIRATION: "60", API_TOKEN: "$(OTHER)" };
        const env = Object.entries({ ...hidden, ...plain }).map(([name, value]) => ({ name, value }));
        const { settings, secrets } = convert({ backend: { env } });
        assert.deepEqual(secrets.secretEnv, JSON.stringify({ backend: hidden }));
        assert.deepEqual(settings.backend, { env: plain });
    });

    it("puts variables with secret names into keep:secretEnv, and others into the environment", () => {
        const env = [
            { name: "MY_TOKEN", value: "s3cret" },
            { name: "LOG_LEVEL", value: "DEBUG" },
            { name: "REGION", configMapKeyRef: { name: "facts", key: "region" } },
        ];
        const { settings, secrets } = convert({ backend: { env } });
        assert.deepEqual(settings.backend, {
            env: { LOG_LEVEL: "DEBUG", REGION: { configMap: { name: "facts", key: "region" } } },
        });
        assert.equal(secrets.secretEnv, '{"backend":{"MY_TOKEN":"s3cret"}}');
    });

    it("never writes a secret into the stack file", () => {
        const converted = convert({
            openAiApi: { enabled: true, openAiApiKey: "sk-secret" },
            backend: { envRenderSecret: { A: "b-secret" } },
        });
        assert.doesNotMatch(stackFile(converted), /secret"?$|sk-secret|b-secret/m);
        assert.match(remarks(converted), /pulumi config set --secret keep:openaiApiKey -- 'sk-secret'/);
    });

    it("asks for Redis before it scales the websocket server", async () => {
        const converted = convert({ websocket: { replicaCount: 3 } });
        assert.deepEqual(converted.settings.websocket, { kind: "soketi" });
        assert.match(remarks(converted), /Several Soketi pods need Redis/);
        await load(converted);
    });

    it("says that the chart's Keep lets everybody in, and takes every other way to sign in by our name", () => {
        const kindOf = (value: string) => convert({ backend: { env: [{ name: "AUTH_TYPE", value }] } }).settings.auth;

        assert.match(remarks(convert({})), /the chart's installation gives everyone access as admin/);
        assert.deepEqual(["NO_AUTH", "DB", "SINGLE_TENANT", "KEYCLOAK"].map(kindOf), [
            undefined,
            { kind: "db" },
            { kind: "db" },
            { kind: "keycloak" },
        ]);
    });

    it("leaves nothing out without which everybody could reach Keep", () => {
        const ingress = convert({
            global: { ingress: { annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": "office" } } },
        });
        const service = convert({
            backend: {
                service: { type: "LoadBalancer" },
                serviceAnnotations: { "service.beta.kubernetes.io/aws-load-balancer-schema": "internal" },
            },
        });
        for (const { left, unfinished } of [ingress, service]) {
            assert.deepEqual(left, []);
            assert.equal(unfinished.length, 1);
        }
    });

    it("names a value that the chart does not have", () => {
        assert.deepEqual(convert({ backend: { replicas: 2 } }).left, [
            { value: "backend.replicas", because: "The chart has no such value." },
        ]);
    });

    it("takes a number that is text, which Helm renders alike", () => {
        const cleanup = { enabled: true, days: "30", schedule: "0 2 * * *" };
        const { left, settings } = convert({ backend: { replicaCount: "2" }, database: { type: "postgres", cleanup } });
        assert.deepEqual(settings.retention, { days: 30, schedule: "0 2 * * *" });
        assert.deepEqual(settings.backend, { replicas: 2 });
        assert.deepEqual(left, []);
    });

    it("finds the row of a path below it", () => {
        assert.equal(rowOf("backend.healthCheck.probes.livenessProbe")?.value, "backend.healthCheck");
    });
});
