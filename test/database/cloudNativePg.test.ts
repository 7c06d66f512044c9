import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import * as pulumi from "@pulumi/pulumi";

import { Keep } from "../../components/keep";
import { AUTHORITY } from "../support/certificate";
import { deployKeep, minimal } from "../support/config";
import { problemsAfter } from "../support/deployed";
import { deploy } from "../support/harness";
import { envOf, mainContainer } from "../support/objects";
import { problems } from "../support/refusals";

const kind = "cloudnativepg";

describe("PostgreSQL by CloudNativePG", () => {
    it("is a Cluster, whose Secret the pods read; no password is in the state", async () => {
        const { all, one, resources } = await deployKeep({
            database: { kind, instances: 2, volume: { size: "20Gi", storageClass: "fast" } },
        });

        const { metadata, spec } = one("Cluster").inputs as Record<string, Record<string, unknown>>;
        assert.deepEqual(
            [metadata?.name, metadata?.annotations],
            ["keep-database", { "pulumi.com/waitFor": "condition=Ready" }],
        );
        assert.deepEqual(spec, {
            instances: 2,
            imageName: "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie",
            imagePullPolicy: "IfNotPresent",
            imagePullSecrets: [],
            bootstrap: { initdb: { database: "keep", owner: "keep" } },
            storage: { size: "20Gi", storageClass: "fast" },
            postgresql: { parameters: { max_connections: "200", shared_buffers: "256MB" } },
            // Fast: a smart shutdown refuses connections for longer than workers retry an alert.
            smartShutdownTimeout: 0,
        });
        const env = envOf(mainContainer(resources, "backend"));
        assert.equal(env.DATABASE_PASSWORD, "Secret keep-database-app/password");
        assert.equal(
            env.DATABASE_CONNECTION_STRING,
            "postgresql+psycopg2://keep:$(DATABASE_PASSWORD)@keep-database-rw:5432/keep?sslmode=require",
        );
        assert.equal(
            all("RandomPassword").some(({ name }) => name.includes("database")),
            false,
        );
        assert.equal(all("StatefulSet").length + all("PersistentVolumeClaim").length, 0);
    });

    it("is ready before setup begins", async () => {
        const { one } = await deployKeep({ database: { kind } });

        assert.ok(one("Job").dependencies.some(({ type }) => type.endsWith(":Cluster")));
    });

    it("has another place in the bucket for another major version", async () => {
        const backup = { destination: "s3://dumps/keep", credentials: "s3" };
        const places = [
            "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie",
            "ghcr.io/cloudnative-pg/postgresql:17.7-system-trixie",
            pulumi.output("ghcr.io/cloudnative-pg/postgresql:18.1-system-trixie"),
            "registry.example.com/cnpg:18.1",
        ].map(async (cloudnativepg) => {
            const args = {
                publicUrl: "http://keep.example.com",
                database: { kind, backup },
                images: { cloudnativepg },
            } as const;
            const { one } = await deploy(() => new Keep("keep", args));
            const spec = one("Cluster").inputs.spec as { backup: { barmanObjectStore: { serverName: string } } };
            return spec.backup.barmanObjectStore.serverName.replace(/-[a-z0-9]{8}(?=-pg)/, "");
        });

        assert.deepEqual(await Promise.all(places), [
            "keep-database-pg17",
            "keep-database-pg17",
            "keep-database-pg18",
            "keep-database-pg18",
        ]);
    });

    it("is backed up to a bucket by its operator, with keys or with the role of its account", async () => {
        const backup = { destination: "s3://dumps/keep", retentionDays: 7 };
        const withKeys = await deployKeep({
            database: { kind, backup: { ...backup, credentials: "s3", endpoint: "http://minio:9000/" } },
        });
        const withRole = await deployKeep({
            database: { kind, backup: { ...backup, accountAnnotations: { role: "arn" }, schedule: "@daily" } },
        });

        const spec = (run: typeof withKeys) => run.one("Cluster").inputs.spec as Record<string, unknown>;
        const { barmanObjectStore } = spec(withKeys).backup as { barmanObjectStore: { serverName: string } };
        // The operator archives nothing to where another Cluster has archived.
        assert.match(barmanObjectStore.serverName, /^keep-database-[a-z0-9]{8}-pg17$/);
        assert.deepEqual(spec(withKeys).backup, {
            retentionPolicy: "7d",
            barmanObjectStore: {
                serverName: barmanObjectStore.serverName,
                destinationPath: "s3://dumps/keep",
                endpointURL: "http://minio:9000",
                s3Credentials: {
                    accessKeyId: { name: "s3", key: "AWS_ACCESS_KEY_ID" },
                    secretAccessKey: { name: "s3", key: "AWS_SECRET_ACCESS_KEY" },
                },
            },
        });
        assert.deepEqual(spec(withKeys).env, [
            { name: "AWS_DEFAULT_REGION", value: "us-east-1" },
            { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
            { name: "AWS_RESPONSE_CHECKSUM_VALIDATION", value: "when_required" },
        ]);
        assert.equal(spec(withRole).env, undefined);
        assert.deepEqual(spec(withRole).serviceAccountTemplate, { metadata: { annotations: { role: "arn" } } });
        const schedules = [withKeys, withRole].map(
            (run) => (run.one("ScheduledBackup").inputs.spec as { readonly schedule: string }).schedule,
        );
        assert.deepEqual(schedules, ["0 0 2 * * *", "@daily"]);
    });

    it("has the region of the bucket's service, which rejects signatures for another one", async () => {
        const backup = { destination: "s3://dumps/keep", credentials: "s3", endpoint: "https://s3.fr-par.scw.cloud" };
        const { one } = await deployKeep({ database: { kind, backup } });

        const { env } = one("Cluster").inputs.spec as { readonly env: readonly unknown[] };
        assert.deepEqual(env[0], { name: "AWS_DEFAULT_REGION", value: "fr-par" });
    });

    it("makes backups through the proxy of the other pods, by the authority of the bucket's service alone", async () => {
        const backup = { destination: "s3://dumps/keep", credentials: "s3", endpoint: "https://s3.corp.example.com" };
        const { one, all, resources } = await deployKeep({
            database: { kind, backup: { ...backup, trust: "extraCa" } },
            extraCa: { pem: AUTHORITY },
            proxy: { https: "http://proxy.example.com:3128", noProxy: ["s3.corp.example.com"] },
        });

        const { env, ...spec } = one("Cluster").inputs.spec as {
            readonly env: readonly { readonly name: string; readonly value: string }[];
            readonly backup: { readonly barmanObjectStore: { readonly endpointCA: { readonly name: string } } };
        };
        const { endpointCA } = spec.backup.barmanObjectStore;
        const secret = all("Secret").find(({ inputs }) => inputs.metadata.name === endpointCA.name);
        assert.match(secret?.inputs.stringData["ca.pem"] ?? "", /BEGIN CERTIFICATE/);
        const { volumes = [] } = all("Deployment")[0]?.inputs.spec.template.spec ?? {};
        assert.ok(
            volumes.some(
                ({ secret }) => (secret as { secretName?: string } | undefined)?.secretName === endpointCA.name,
            ),
        );
        const { HTTPS_PROXY, NO_PROXY } = envOf(mainContainer(resources, "backend"));
        const ofOperator = Object.fromEntries(env.map(({ name, value }) => [name, value]));
        assert.deepEqual([ofOperator.HTTPS_PROXY, ofOperator.NO_PROXY], [HTTPS_PROXY, NO_PROXY]);
        assert.match(NO_PROXY ?? "", /s3\.corp\.example\.com/);
    });

    it("names an authority that is in a Secret already, and none of a service on the internet", async () => {
        const backup = { destination: "s3://dumps/keep", credentials: "s3" };
        const extraCa = { secret: { name: "corp-ca", key: "ca.crt" } };
        const authorities = [
            { endpoint: "https://minio.minio.svc", trust: "extraCa" },
            { endpoint: "https://s3.corp.example.com", trust: "public" },
            { endpoint: "https://s3.fr-par.scw.cloud" },
            {},
        ].map(async (service) => {
            const { one } = await deployKeep({ database: { kind, backup: { ...backup, ...service } }, extraCa });
            const spec = one("Cluster").inputs.spec as { backup: { barmanObjectStore: { endpointCA?: object } } };
            return spec.backup.barmanObjectStore.endpointCA;
        });

        assert.deepEqual(await Promise.all(authorities), [extraCa.secret, undefined, undefined, undefined]);
    });

    for (const service of [
        { endpoint: "http://garage.garage:3900", region: "garage" },
        { region: "eu-central-1" },
        { region: "us-gov-west-1" },
    ]) {
        it(`has the region that is set, where no address of a service shows it: ${service.region}`, async () => {
            const backup = { destination: "s3://dumps/keep", credentials: "s3", ...service };
            const { one } = await deployKeep({ database: { kind, backup } });

            const { env } = one("Cluster").inputs.spec as { readonly env: readonly unknown[] };
            assert.deepEqual(env[0], { name: "AWS_DEFAULT_REGION", value: service.region });
            // Amazon verifies the checksums of boto3, so they stay.
            assert.equal(env.length, "endpoint" in service ? 3 : 1);
        });
    }

    it("is reached through network policies at its own pods alone", async () => {
        const { all } = await deployKeep({
            database: { kind },
            networkPolicy: { enabled: true, edge: [{ namespace: "traefik" }] },
        });
        const policy = all("NetworkPolicy").find(({ physicalName }) => physicalName === "keep-backend");

        assert.ok(
            policy?.inputs.spec.egress.some(({ to, ports }) => {
                const [peer] = to as readonly { readonly podSelector?: { readonly matchLabels: object } }[];
                const labels = { "cnpg.io/cluster": "keep-database" };
                return isDeepStrictEqual(peer?.podSelector?.matchLabels, labels) && ports[0]?.port === 5432;
            }),
        );
    });

    it("is not left for an empty database unless that is allowed", async () => {
        const [message = ""] = await problemsAfter({ database: { kind } }, { database: { kind: "postgres" } });

        assert.match(message, /disconnects Keep from its data in the volume keep\/keep-database/);
    });

    it("takes no password, no snapshot and no name of its operator's", async () => {
        const messages = await problems(
            minimal({
                database: { kind, user: "streaming_replica" },
                databasePassword: "p",
                backup: { kind: "snapshot" },
            }),
        );

        assert.deepEqual(
            messages.map((message) => message.split(" ")[0]),
            ["keep:database.user", "keep:databasePassword", "keep:backup.kind"],
        );
    });

    it("runs an image that is not newer than the client that makes the dumps", async () => {
        const { one } = await deployKeep({ database: { kind }, backup: { kind: "volume" } });
        const major = (image: string) => /:(\d+)\./.exec(image)?.[1];
        const { imageName } = one("Cluster").inputs.spec as { readonly imageName: string };
        const pod = one("CronJob").inputs.spec.jobTemplate.spec.template.spec;

        assert.equal(major(imageName), major(pod.initContainers[0]?.image ?? ""));
    });
});
