import assert from "node:assert/strict";

import { deployKeep, deployKeeps, deployStack, minimal, type Written } from "../support/config";

describe("backup", () => {
    it("is off unless asked for", async () => {
        const { all } = await deployKeep();
        assert.equal(all("CronJob").length, 0);
    });

    it("dumps by the database's own image onto a disk that outlives the stack, and keeps the newest", async () => {
        const { one } = await deployKeep({ database: { kind: "postgres" }, backup: { kind: "volume", count: 3 } });
        const pod = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec;
        const [dump] = pod.initContainers;
        assert.equal(dump?.image, "docker.io/library/postgres:17.6");
        assert.deepEqual(dump.command, ["sh", "/etc/keep/backup/dump.sh"]);
        assert.equal(pod.containers[0]?.env.find(({ name }) => name === "COUNT")?.value, "3");
        assert.equal(one("PersistentVolumeClaim", "keep-backup").options.retainOnDelete, true);
        assert.equal(one("Namespace", "keep").options.retainOnDelete, true);
        assert.deepEqual(Object.keys(one("ConfigMap", "keep-backup").inputs.data).sort(), [
            "database.sh",
            "dump.sh",
            "fetch.sh",
            "prune.sh",
            "restore.sh",
            "upload.sh",
        ]);
    });

    it("sends dumps to a bucket with the keys of an existing Secret", async () => {
        const { one, all } = await deployKeep({
            database: { kind: "external", engine: "mysql" },
            databaseUrl: "mysql+pymysql://keep:masked@mysql:3306/keep",
            backup: {
                kind: "s3",
                bucket: "dumps",
                endpoint: "https://minio.example.com",
                credentials: "minio",
                scratchSize: "50Gi",
            },
        });
        const pod = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec;
        assert.equal(pod.initContainers.at(-1)?.image, "docker.io/library/mysql:8.4.6");
        const [upload] = pod.containers;
        assert.equal(upload?.image, "docker.io/rclone/rclone:1.71.0");
        const variable = (wanted: string) => upload.env.find(({ name }) => name === wanted);
        assert.equal(variable("TARGET")?.value, "bucket:dumps/keep/keep");
        assert.equal(variable("RCLONE_CONFIG_BUCKET_PROVIDER")?.value, "Other");
        assert.deepEqual(variable("RCLONE_CONFIG_BUCKET_SECRET_ACCESS_KEY")?.valueFrom.secretKeyRef, {
            name: "minio",
            key: "AWS_SECRET_ACCESS_KEY",
        });
        // What waits for the bucket lies in the pod.
        assert.equal(upload.resources.limits["ephemeral-storage"], "50Gi");
        assert.ok(all("PersistentVolumeClaim").every(({ physicalName }) => physicalName !== "keep-backup"));
    });

    for (const [endpoint, provider] of [
        ["https://storage.googleapis.com", "GCS"],
        ["https://oss-cn-hangzhou.aliyuncs.com", "Alibaba"],
        ["https://s3.oss-eu-central-1.aliyuncs.com", "Alibaba"],
        ["https://cos.ap-guangzhou.myqcloud.com", "TencentCOS"],
    ] as const) {
        it(`speaks to ${endpoint} as rclone's ${provider}`, async () => {
            const backup = { kind: "s3", bucket: "dumps", endpoint, credentials: "keys" };
            const { one } = await deployKeep({ database: { kind: "postgres" }, backup });
            const { env } =
                one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec.containers[0] ?? assert.fail();
            assert.equal(env.find(({ name }) => name === "RCLONE_CONFIG_BUCKET_PROVIDER")?.value, provider);
        });
    }

    it("gives the dump of an external database the certificates that Keep trusts, which its image lacks", async () => {
        const { one } = await deployKeep({
            database: { kind: "external", engine: "postgres", host: "db.example.com", tls: {} },
            databasePassword: "p",
            backup: { kind: "volume" },
        });
        const pod = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec;
        const [trust, dump = assert.fail()] = pod.initContainers;
        const volume = "system-trust";
        assert.deepEqual(trust?.command, ["cp", "/etc/ssl/certs/ca-certificates.crt", "/system-trust"]);
        assert.deepEqual(trust.volumeMounts, [{ name: volume, mountPath: "/system-trust" }]);
        assert.ok(dump.volumeMounts.some((mount) => mount.name === volume && mount.mountPath === "/etc/ssl/certs"));
        assert.equal(
            dump.env.find(({ name }) => name === "SSL_CERT_FILE")?.value,
            "/etc/ssl/certs/ca-certificates.crt",
        );
        assert.ok(pod.volumes.some(({ name }) => name === volume));
    });

    it("leaves the limit on its node's disk to a stack that requests more of it", async () => {
        const resources = { requests: { "ephemeral-storage": "10Gi" } };
        const backup = { kind: "s3", bucket: "dumps", credentials: "minio", scratchSize: "8Gi", resources };
        const { one } = await deployKeep({ database: { kind: "postgres" }, backup });

        const [upload] = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec.containers;
        assert.deepEqual(upload?.resources, { ...resources, limits: {} });
    });

    it("sends dumps to a bucket as the pod itself, without keys", async () => {
        const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/keep-backup" };
        const { one } = await deployKeep({
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "dumps", region: "eu-west-1", serviceAccount: { annotations: role } },
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        });

        assert.deepEqual(one("ServiceAccount", "keep-backup").inputs.metadata.annotations, role);
        const pod = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec;
        assert.equal(pod.serviceAccountName, "keep-backup");
        const env = pod.containers[0]?.env ?? [];
        assert.equal(env.find(({ name }) => name === "RCLONE_CONFIG_BUCKET_ENV_AUTH")?.value, "true");
        assert.equal(
            env.some(({ name }) => name.includes("ACCESS_KEY")),
            false,
        );
        // EKS Pod Identity; the token service of IRSA is anywhere, on port 443.
        assert.match(JSON.stringify(one("NetworkPolicy", "keep-backup").inputs.spec.egress), /169\.254\.170\.23\/32/);
    });

    for (const [kind, place, target, remote, label] of [
        ["gcs", { bucket: "dumps" }, "bucket:dumps/keep/keep", { TYPE: "google cloud storage" }, undefined],
        [
            "azure",
            {
                account: "keepdumps",
                container: "dumps",
                serviceAccount: {
                    annotations: { "azure.workload.identity/client-id": "11111111-2222-3333-4444-555555555555" },
                },
            },
            "bucket:dumps/keep/keep",
            { TYPE: "azureblob", ACCOUNT: "keepdumps" },
            "true",
        ],
    ] as const) {
        it(`sends dumps to a bucket with the pod's identity: ${kind}`, async () => {
            const { one } = await deployKeep({ database: { kind: "postgres" }, backup: { kind, ...place } });

            const { metadata, spec } = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template;
            const env = Object.fromEntries(spec.containers[0]?.env.map(({ name, value }) => [name, value]) ?? []);
            const expected = Object.entries({ ...remote, ENV_AUTH: "true" });
            assert.equal(env.TARGET, target);
            assert.deepEqual(
                expected.map(([option]) => env[`RCLONE_CONFIG_BUCKET_${option}`]),
                expected.map(([, value]) => value),
            );
            assert.equal(metadata.labels["azure.workload.identity/use"], label);
            assert.equal(spec.serviceAccountName, "keep-backup");
        });
    }

    describe("names dumps", () => {
        const SHARED = {
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "dumps", credentials: "minio" },
        };
        const nameIn = async (settings: Written, stack?: string) => {
            const { one } = await deployStack({ ...minimal(settings), stack });
            const { initContainers, containers } = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template
                .spec;
            const [first, second] = [initContainers.at(-1), containers[0]].map((it) =>
                it?.env.find(({ name }) => name === "NAME"),
            );
            assert.deepEqual(first, second);
            return first?.value ?? "";
        };

        it("differently for each stack that can share a bucket with another", async () => {
            const prod = await nameIn(SHARED, "prod");

            assert.match(prod, /^keep\.keep\.[a-z0-9]{8}$/);
            assert.equal(await nameIn(SHARED, "prod"), prod);
            assert.notEqual(await nameIn(SHARED, "dev"), prod);
        });

        it("differently for each component of a program", async () => {
            const { all } = await deployKeeps(SHARED, {
                ...SHARED,
                release: "team",
                publicUrl: "http://team.example.com",
            });
            const names = all("CronJob").map(
                ({ inputs }) => /"NAME","value":"([^"]+)"/.exec(JSON.stringify(inputs))?.[1],
            );

            assert.match(names.join(), /^keep\.keep\.(\w{8}),team\.team\.(?!\1)\w{8}$/);
        });

        it("with an id on storage that another cluster can have too, and without one in a volume of its own", async () => {
            const { database } = SHARED;
            const persistentVolume = { nfs: { server: "nfs.example.com", path: "/dumps" } };

            assert.equal(await nameIn({ database, backup: { kind: "volume" } }), "keep.keep");
            for (const volume of [{ storageClass: "", persistentVolume }, { existingClaim: "nfs-dumps" }]) {
                assert.match(
                    await nameIn({ database, backup: { kind: "volume", volume } }),
                    /^keep\.keep\.[a-z0-9]{8}$/,
                );
            }
        });
    });

    it("dumps SQLite's file by Keep's image, on the node of the backend", async () => {
        const { one } = await deployKeep({ database: { kind: "sqlite" }, backup: { kind: "volume" } });
        const pod = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec;
        assert.match(pod.initContainers[0]?.image ?? "", /\/keep-api:/);
        assert.equal(pod.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.length, 1);
    });

    it("is refused for SQL Server", async () => {
        await assert.rejects(
            deployKeep({
                database: { kind: "sqlserver", acceptEula: true },
                backend: { image: "example.com/keep:1" },
                backup: { kind: "volume" },
            }),
            /keep:backup\.kind \("volume"\) does not support SQL Server/,
        );
    });

    it("may reach the database and the bucket where default deny is on, and so may retention the database", async () => {
        const { all } = await deployKeep({
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "dumps", credentials: "aws" },
            retention: { days: 30 },
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        });
        const policies = JSON.stringify(all("NetworkPolicy").map(({ inputs }) => inputs));
        assert.match(policies, /"backup"/);
        assert.match(policies, /"retention"/);
    });
});
