import * as z from "zod";

import {
    bucketEndpoint,
    bucketRegion,
    CONTAINS_BUCKET,
    containsBucket,
    providerWithBucketInHost,
    regionOfEndpoint,
} from "../fields/bucketEndpoint";
import { s3BucketName } from "../fields/bucketName";
import { ANYWHERE, hostOf, identityEgress, peersFor, portOf } from "../fields/traffic";
import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { objectName } from "../fields/vocabulary";
import { computedText } from "../tokens";
import { bucketFields, createDumpsIn } from "./bucket";
import { backupKind } from "./kind";

/**
 * The provider of rclone for a service. Those that require the bucket in the host do not work with "Other", nor does Google, which changes
 * a signed header (backend/s3/provider/GCS.yaml of rclone).
 */
function providerOf(endpoint: string): string {
    return /(^|\.)storage\.googleapis\.com$/.test(new URL(endpoint).hostname)
        ? "GCS"
        : (providerWithBucketInHost(endpoint) ?? "Other");
}

/** Dumps in a bucket of S3 or a compatible service. */
export const s3 = backupKind(
    z
        .strictObject({
            kind: z.literal("s3").describe("dumps in a bucket of S3 or a compatible service"),
            ...bucketFields,
            bucket: input(s3BucketName).describe("bucket, which must exist"),
            endpoint: input(bucketEndpoint("keep:backup.bucket"))
                .optional()
                .describe("address of the service; default: Amazon's"),
            region: input(bucketRegion).prefault("us-east-1").describe("region of the bucket"),
            credentials: input(objectName(253))
                .optional()
                .describe(
                    "existing Secret in Keep's namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it rclone signs in as serviceAccount",
                ),
        })
        .check(
            whenKnown(({ bucket, endpoint }) => endpoint === undefined || !containsBucket(endpoint, bucket), {
                path: ["endpoint"],
                error: CONTAINS_BUCKET,
            }),
        )
        .check(regionOfEndpoint("keep:backup.endpoint")),
    {
        create: (name, args, opts) => {
            const { bucket, endpoint, region, credentials } = args.backup;
            const key = (name: string) => credentials && { secret: { name: credentials, key: name } };
            const options = {
                TYPE: "s3",
                PROVIDER: endpoint === undefined ? "AWS" : computedText(endpoint, providerOf),
                ENDPOINT: endpoint,
                REGION: region,
                // The bucket exists already, so the key needs no right to check or create it.
                NO_CHECK_BUCKET: "true",
                // Without keys, rclone uses the identity of the pod (https://rclone.org/s3/#authentication).
                ENV_AUTH: credentials === undefined ? "true" : undefined,
                ACCESS_KEY_ID: key("AWS_ACCESS_KEY_ID"),
                SECRET_ACCESS_KEY: key("AWS_SECRET_ACCESS_KEY"),
            };
            createDumpsIn({ name: bucket, options }, name, args, opts);
        },
        makesDumps: true,
        egress: ({ credentials, endpoint = "https://s3.amazonaws.com" }) => {
            const from = ["backup"] as const;
            return [
                { from, to: peersFor([], [portOf(endpoint)], hostOf(endpoint)) },
                // AWS' token service, which exchanges the identity.
                ...(credentials === undefined
                    ? [{ from, to: ANYWHERE, ports: [443] }, ...identityEgress("aws", from)]
                    : []),
            ];
        },
    },
);
