import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import {
    bucketEndpoint,
    bucketRegion,
    CONTAINS_BUCKET,
    containsBucket,
    providerWithBucketInHost,
    regionOfEndpoint,
    usualRegion,
} from "../fields/bucketEndpoint";
import { choice } from "../fields/choice";
import { s3BucketName } from "../fields/bucketName";
import { identityAnnotations } from "../fields/cloudIdentity";
import { isLoopback } from "../fields/host";
import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { schedule } from "../fields/schedule";
import { count, objectName } from "../fields/vocabulary";
import { type Env, envVars, type SecretKeyRef } from "../kubernetes/env";
import { computedText } from "../tokens";

/** Settings of the backups that the operator makes. */
export const cloudNativePgBackup = z
    .strictObject({
        destination: input(
            z
                .string()
                .regex(/^s3:\/\/[^\s]+$/, {
                    error: "is not a bucket with a path. Write it like s3://dumps/keep",
                    abort: true,
                })
                .refine((url) => s3BucketName.safeParse(url.split("/")[2]).success, {
                    error: "does not contain a valid name of a bucket after s3://. Write it like s3://dumps/keep",
                }),
        ).describe("bucket and path, such as s3://dumps/keep"),
        endpoint: input(
            bucketEndpoint("keep:database.backup.destination")
                .refine((url) => !isLoopback(new URL(url).hostname), {
                    error: "is the server's pod itself. Name a Service",
                })
                // Barman Cloud names the bucket in the path (barman/cloud_providers/aws_s3.py, _reinit_session).
                .refine((url) => providerWithBucketInHost(url) === undefined, {
                    error: "is a service that requires the bucket in the host, which CloudNativePG does not support. Use another service, or make dumps with keep:backup",
                }),
        )
            .optional()
            .describe("address of the service; default: Amazon S3"),
        region: input(bucketRegion)
            .optional()
            .describe("region of the bucket; default: the one in the endpoint, us-east-1 for an endpoint without one"),
        credentials: input(objectName(253))
            .optional()
            .describe(
                "existing Secret in Keep's namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it the pods sign in with the role of their ServiceAccount",
            ),
        accountAnnotations: identityAnnotations
            .default({})
            .describe("annotations of the pods' ServiceAccount, such as an IAM role"),
        trust: choice({
            public: "those of the operator's image",
            extraCa: "those of keep:extraCa alone",
        })
            .optional()
            .describe("authorities of the endpoint's certificate; default: public"),
        schedule: schedule.default("0 2 * * *").describe("when a base backup is made, as in cron"),
        retentionDays: count(1).default(30).describe("how many days back the database can be restored"),
    })
    .check(
        whenKnown(
            ({ destination, endpoint }) =>
                endpoint === undefined || !containsBucket(endpoint, new URL(destination).hostname),
            { path: ["endpoint"], error: CONTAINS_BUCKET },
        ),
    )
    .check(regionOfEndpoint("keep:database.backup.endpoint"));

/**
 * Variables for services other than Amazon's, of which several, such as Google's, reject the checksums that boto3 adds by default
 * (EnterpriseDB/barman#1112, cloudnative-pg/cloudnative-pg#8427).
 */
const WITHOUT_CHECKSUMS = {
    AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
};

/**
 * Whether the operator trusts `keep:extraCa` for the bucket. AWS_CA_BUNDLE, to which it sets `endpointCA`, replaces the public authorities
 * (pkg/credentials/env.go of cloudnative-pg/barman-cloud).
 */
export function bucketTrustsExtraCa(database: {
    readonly kind: string;
    readonly backup?: { readonly trust?: string | undefined } | undefined;
}): boolean {
    return database.kind === "cloudnativepg" && database.backup?.trust === "extraCa";
}

/** How the operator's pods connect to the bucket. */
export interface BucketConnection {
    /** Secret with the authorities of the bucket's service; undefined: the public ones. */
    readonly authority?: SecretKeyRef["secret"] | undefined;
    /** Variables about a proxy. */
    readonly proxy: Env;
}

/**
 * Backups by the operator, deprecated since 1.26. 1.31 is the last version with it
 * (https://cloudnative-pg.io/docs/1.31/appendixes/object_stores).
 */
export function backupSpec(
    {
        accountAnnotations,
        credentials,
        destination,
        endpoint,
        region,
        retentionDays,
    }: z.infer<typeof cloudNativePgBackup>,
    server: pulumi.Output<string> | undefined,
    { authority, proxy }: BucketConnection,
): object {
    const key = (name: string) => ({ name: credentials, key: name });
    const signed = region ?? (endpoint === undefined ? undefined : computedText(endpoint, usualRegion));
    const env = {
        AWS_DEFAULT_REGION: signed,
        ...(endpoint === undefined ? {} : WITHOUT_CHECKSUMS),
        ...proxy,
    };
    return {
        // The instance manager passes its environment to Barman Cloud (internal/management/controller/cache.go).
        ...(Object.values(env).some((value) => value !== undefined) ? { env: envVars(env) } : {}),
        serviceAccountTemplate: { metadata: { annotations: accountAnnotations } },
        backup: {
            retentionPolicy: `${retentionDays}d`,
            barmanObjectStore: {
                destinationPath: destination,
                serverName: server,
                ...(endpoint === undefined ? {} : { endpointURL: endpoint }),
                ...(authority === undefined ? {} : { endpointCA: authority }),
                s3Credentials:
                    credentials === undefined
                        ? { inheritFromIAMRole: true }
                        : { accessKeyId: key("AWS_ACCESS_KEY_ID"), secretAccessKey: key("AWS_SECRET_ACCESS_KEY") },
            },
        },
    };
}
