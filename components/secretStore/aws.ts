import * as z from "zod";

import { awsRegion } from "../fields/cloudIdentity";
import { input } from "../fields/input";
import { whenKnown } from "../fields/readable";
import { identityEgress, peersFor, PROCESSES } from "../fields/traffic";
import { secretStoreKind } from "./store";

/**
 * The forms of `KmsKeyId` (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html). The
 * id of a multi-region key begins with mrk-.
 */
const KMS_KEY =
    /^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key\/|(?=alias\/)))?(alias\/[\w/-]+|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The account's own key for Secrets Manager, by the alias that AWS has for it (same page). */
const ACCOUNT_KEY = "alias/aws/secretsmanager";

/** The region in the ARN of a key; undefined for an id or an alias. */
function regionOfKey(key: string | undefined): string | undefined {
    return key?.startsWith("arn:") === true ? key.split(":")[3] : undefined;
}

/** AWS Secrets Manager. */
export const aws = secretStoreKind(
    z
        .strictObject({
            kind: z.literal("aws").describe("AWS Secrets Manager, with the IAM role of the ServiceAccount"),
            region: input(awsRegion).describe("AWS region"),
            kmsKeyId: input(
                z.string().regex(KMS_KEY, {
                    error: "is not a key of KMS. Set it to the id or the ARN of a key, or to an alias such as alias/keep, or remove it",
                }),
            )
                .optional()
                .describe(
                    "KMS key: id, ARN, or alias such as alias/keep; default: alias/aws/secretsmanager, the account's own",
                ),
        })
        .check(
            whenKnown(({ kmsKeyId, region }) => (regionOfKey(kmsKeyId) ?? region) === region, {
                path: ["kmsKeyId"],
                error: "is a key of another region than keep:secretStore.region, which Secrets Manager cannot use. Set it to a key of that region, or remove it",
            }),
        ),
    {
        env: {
            SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "AWS"],
            AWS_REGION: ["keep:secretStore.region", ({ region }) => region],
            // Without it, Keep passes None, which boto3 rejects (keep/secretmanager/awssecretmanager.py).
            AWS_KMS_KEY_ID: ["keep:secretStore.kmsKeyId", ({ kmsKeyId }) => kmsKeyId ?? ACCOUNT_KEY],
        },
        place: ({ region }) => [region],
        usesToken: false,
        egress: (_, { secretStore }) => [
            { from: PROCESSES, to: peersFor(secretStore, [443]) },
            ...identityEgress("aws", PROCESSES),
        ],
    },
);
