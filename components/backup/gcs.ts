import * as z from "zod";

import { bucketName } from "../fields/bucketName";
import { ANYWHERE, identityEgress } from "../fields/traffic";
import { input } from "../fields/input";
import { bucketFields, createDumpsIn } from "./bucket";
import { backupKind } from "./kind";

/** Dumps in a bucket of Google Cloud Storage. */
export const gcs = backupKind(
    z.strictObject({
        kind: z.literal("gcs").describe("dumps in a bucket of Google Cloud Storage, with workload identity"),
        ...bucketFields,
        bucket: input(
            // https://cloud.google.com/storage/docs/buckets#naming
            bucketName(/^(?=.{3,222}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/, /^goog|google|g00gle|[a-z0-9_-]{64}|-\.|\.-/),
        ).describe("bucket with uniform access, which must exist"),
    }),
    {
        create: (name, args, opts) => {
            const options = {
                TYPE: "google cloud storage",
                // Uses the identity of the pod
                // (https://rclone.org/googlecloudstorage/#application-default-credentials).
                ENV_AUTH: "true",
                BUCKET_POLICY_ONLY: "true",
                NO_CHECK_BUCKET: "true",
            };
            createDumpsIn({ name: args.backup.bucket, options }, name, args, opts);
        },
        makesDumps: true,
        egress: () => [{ from: ["backup"], to: ANYWHERE, ports: [443] }, ...identityEgress("gcp", ["backup"])],
    },
);
