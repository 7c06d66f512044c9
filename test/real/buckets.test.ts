// How the emulators differ from the clouds: that of Google takes any token, and that of Azure any of the right audience and tenant. That
// of S3, which is rclone itself, checks signatures, but knows no checksums in trailers, which rclone sends to AWS: they are off here. The
// services that exchange a pod's token answer every pod.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { deployKeep } from "../support/config";
import { type Clouds, startClouds } from "./clouds";
import { environment } from "./container";
import { writeFiles } from "./files";
import { start } from "./process";
import { need, pathOf } from "./programs";

/** What other stacks, releases and people have beside the dumps, with spaces and in a folder. */
const FOREIGN = [
    "README",
    "keep.keep-20260101T020000Z.dump",
    "keep.keep.k3xq0a7d-20260101T020000Z.dump",
    "keep.keep-20260101T020000Z.dump.gz",
    "old keep.keep-20260101.dump",
    "team.keep-20260101T020000Z.dump",
];

/** Tells a cloud which identity a pod has. */
const account = (annotation: string, identity: string) => ({
    serviceAccount: { annotations: { [annotation]: identity } },
});

/** Lets rclone create a bucket, which a backup does not. */
const MAY_CREATE = {
    RCLONE_CONFIG_BUCKET_NO_CHECK_BUCKET: "false",
    RCLONE_CONFIG_BUCKET_NO_CHECK_CONTAINER: "false",
    RCLONE_CONFIG_BUCKET_PROJECT_NUMBER: "1",
};

/** Settings of each kind of bucket, the cloud that has it, and a bucket that is absent there. */
const BUCKETS = {
    "S3 with an IAM role": {
        cloud: "s3",
        settings: {
            kind: "s3",
            bucket: "dumps",
            ...account("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/keep"),
        },
        absent: { bucket: "absent" },
    },
    "a compatible service with keys": {
        cloud: "s3",
        settings: { kind: "s3", bucket: "dumps", endpoint: "http://minio.example.com", credentials: "minio" },
        absent: { bucket: "absent" },
    },
    "Google Cloud Storage": { cloud: "gcs", settings: { kind: "gcs", bucket: "dumps" }, absent: { bucket: "absent" } },
    "Azure Blob Storage": {
        cloud: "azure",
        settings: {
            kind: "azure",
            account: "keepdumps",
            container: "dumps",
            ...account("azure.workload.identity/client-id", "11111111-2222-3333-4444-555555555555"),
        },
        absent: { container: "absent" },
    },
} as const;

describe("backups in a bucket, by rclone", function () {
    let clouds: Clouds | undefined;
    before(async function () {
        need(this, "rclone", "gcs", "azure");
        clouds = await startClouds();
    });
    after(() => clouds?.stop());

    for (const [name, { cloud, settings, absent }] of Object.entries(BUCKETS)) {
        describe(`in ${name}`, () => {
            it("keeps the newest dumps and everything else, and gives back the bytes of one", async () => {
                const pod = await uploadOf({ ...settings, count: 2 }, clouds?.env[cloud]);
                await pod.createBucket();
                const [first = "", second = "", third = "", newest = ""] = pod.dumps;
                await pod.put([first, second, third, ...FOREIGN]);
                // More than one part of an upload to Google (8 MiB) and to Azure (4 MiB).
                const dump = randomBytes(20 * 1024 * 1024 + 1);

                assert.match(await pod.run("upload.sh", { [newest]: dump }), new RegExp(`removed ${second}`));

                assert.deepEqual(await pod.list(), [third, newest, ...FOREIGN].sort());
                await pod.run("fetch.sh", {}, { FILE: newest });
                assert.deepEqual(readdirSync(pod.directory), [newest]);
                assert.ok(readFileSync(join(pod.directory, newest)).equals(dump));
            });

            it("fails where the bucket is absent, and where the dump is", async () => {
                const pod = await uploadOf({ ...settings, ...absent }, clouds?.env[cloud]);
                const newest = pod.dumps.at(-1) ?? "";
                await assert.rejects(pod.run("upload.sh", { [newest]: randomBytes(10) }));

                const other = await uploadOf(settings, clouds?.env[cloud]);
                await assert.rejects(
                    other.run("fetch.sh", {}, { FILE: "keep.keep-20250101T020000Z.dump" }),
                    new RegExp(`there is no dump keep.keep-20250101T020000Z.dump; there are:[^]*${newest}`),
                );
            });
        });
    }
});

/** The container that keeps dumps in a bucket: its scripts and its environment as they are rendered, with what a cloud adds to its pod. */
async function uploadOf(backup: object, identity: Readonly<Record<string, string>> | undefined) {
    const release = await deployKeep({ database: { kind: "postgres" }, backup });
    const [upload] = release.one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec.containers;
    assert.ok(upload);
    const scripts = mkdtempSync("/tmp/keep-scripts-");
    writeFiles(scripts, release.one("ConfigMap", "keep-backup").inputs.data);
    const directory = mkdtempSync("/tmp/keep-dumps-");
    const secrets = { "minio.AWS_ACCESS_KEY_ID": "backup", "minio.AWS_SECRET_ACCESS_KEY": "of-no-worth" };
    const env: Readonly<Record<string, string>> = {
        PATH: `${dirname(pathOf("rclone"))}:/usr/bin:/bin`,
        HOME: "/tmp",
        // Failures alone are shown, without the minutes of further attempts.
        RCLONE_LOG_LEVEL: "ERROR",
        RCLONE_RETRIES: "1",
        RCLONE_LOW_LEVEL_RETRIES: "1",
        ...environment(release, upload, secrets),
        ...identity,
        DIRECTORY: directory,
    };
    const { NAME: name = "", TARGET: target = "" } = env;
    const rclone = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
        start("rclone", args, { ...env, ...more }).finished();
    return {
        directory,
        dumps: ["01", "02", "03", "04"].map((day) => `${name}-202601${day}T020000Z.dump`),
        createBucket: () => rclone(["mkdir", target], MAY_CREATE),
        list: async () => (await rclone(["lsf", target])).trim().split("\n").sort(),
        /** Puts files into the bucket whose contents are their names. */
        put: async (names: readonly string[]) => {
            const files = mkdtempSync("/tmp/keep-files-");
            writeFiles(files, Object.fromEntries(names.map((name) => [name, name])));
            await rclone(["copy", files, target]);
        },
        /** Runs a script of the backup; in the directory of dumps are these files alone. */
        run: async (
            script: string,
            files: Readonly<Record<string, Buffer>>,
            more: Readonly<Record<string, string>> = {},
        ) => {
            for (const file of readdirSync(directory)) rmSync(join(directory, file));
            for (const [file, content] of Object.entries(files)) writeFileSync(join(directory, file), content);
            return await start("sh", [join(scripts, script)], { ...env, ...more }).finished();
        },
    };
}
