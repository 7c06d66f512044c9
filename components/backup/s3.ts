import * as z from "zod";

import { ANYWHERE, identityEgress, portOf } from "../fields/traffic";
import { httpUrl } from "../fields/url";
import { input } from "../fields/input";
import { objectName } from "../fields/vocabulary";
import { Dumps } from "./dumps";
import { backupKind, scheduled } from "./kind";

/** Dumps in a bucket. */
export const s3 = backupKind(
    z.strictObject({
        kind: z.literal("s3").describe("dumps in a bucket of S3 or a compatible service"),
        ...scheduled,
        bucket: input(
            z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
                error: "is not the name of a bucket. Give the name alone; a path goes to keep:backup.prefix",
            }),
        ).describe("bucket, which must exist"),
        prefix: z
            .string()
            .regex(/^[^/\s]+(\/[^/\s]+)*$/, {
                error: "is not a path inside a bucket. Begin and end it without a slash, such as backups/keep",
            })
            .optional()
            .describe("path inside the bucket; default: <namespace>/<release>"),
        endpoint: input(httpUrl("address of the service", "https://minio.example.com"))
            .optional()
            .describe("address of the service; default: Amazon's"),
        region: input(z.string().regex(/\S/, { error: "is empty. Name the region, or leave the key out" }))
            .prefault("us-east-1")
            .describe("region of the bucket"),
        credentials: input(objectName(253))
            .optional()
            .describe(
                "existing Secret in Keep's namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it rclone signs in as serviceAccount",
            ),
        scratchSize: z
            .string()
            .regex(/^[0-9]+[KMGT]i$/, { error: "is not a size. Write it like 20Gi" })
            .default("8Gi")
            .describe("space on the node for one dump, before it is uploaded; GKE Autopilot allows at most 10Gi"),
    }),
    {
        create: (name, args, opts) => {
            const { release, backup } = args;
            const { bucket, prefix, endpoint, region, count, credentials, scratchSize } = backup;
            const key = (name: string) => credentials && { secret: { name: credentials, key: name } };
            const env = {
                COUNT: String(count),
                TARGET: `bucket:${bucket}/${prefix ?? `${release.namespace}/${release.name}`}`,
                // rclone takes a whole remote from such variables (https://rclone.org/docs/#environment-variables).
                RCLONE_CONFIG_BUCKET_TYPE: "s3",
                RCLONE_CONFIG_BUCKET_PROVIDER: endpoint === undefined ? "AWS" : "Other",
                RCLONE_CONFIG_BUCKET_ENDPOINT: endpoint,
                RCLONE_CONFIG_BUCKET_REGION: region,
                // The bucket exists: a key that may only write objects is enough.
                RCLONE_CONFIG_BUCKET_NO_CHECK_BUCKET: "true",
                // Without keys rclone signs in as the pod (https://rclone.org/s3/#authentication).
                RCLONE_CONFIG_BUCKET_ENV_AUTH: credentials === undefined ? "true" : undefined,
                RCLONE_CONFIG_BUCKET_ACCESS_KEY_ID: key("AWS_ACCESS_KEY_ID"),
                RCLONE_CONFIG_BUCKET_SECRET_ACCESS_KEY: key("AWS_SECRET_ACCESS_KEY"),
            };
            const store = { name: "upload", image: "backup", script: "upload.sh", env } as const;
            new Dumps(name, { ...args, store, place: { scratchSize } }, opts);
        },
        makesDumps: true,
        // A bucket may be anywhere, and rclone resolves its address.
        egress: ({ credentials, endpoint = "https://s3.amazonaws.com" }) => {
            // An identity is exchanged at AWS' token service, on port 443.
            const ports = [portOf(endpoint), ...(credentials === undefined ? [443] : [])];
            return [
                { from: ["backup"], to: ANYWHERE, ports },
                ...(credentials === undefined ? identityEgress("aws", ["backup"]) : []),
            ];
        },
    },
);
