import * as z from "zod";

import { input } from "../fields/input";
import { identityEgress, peersFor, PROCESSES } from "../fields/traffic";
import { secretStoreKind } from "./store";

/** AWS Secrets Manager. */
export const aws = secretStoreKind(
    z.strictObject({
        kind: z.literal("aws").describe("AWS Secrets Manager, with the IAM role of the ServiceAccount"),
        region: input(
            z
                .string()
                .regex(/^[a-z]{2,}(-[a-z]+)+-[0-9]+$/, { error: "is not an AWS region. Write it like eu-west-1" }),
        ).describe("AWS region"),
        kmsKeyId: input(
            z.string().regex(/^\S+$/, {
                error: "is empty or contains whitespace. Set it to the id, ARN or alias of a key, or remove it",
            }),
        )
            .optional()
            .describe("KMS key; default: the account's own"),
    }),
    {
        env: {
            SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "AWS"],
            AWS_REGION: ["keep:secretStore.region", ({ region }) => region],
            AWS_KMS_KEY_ID: ["keep:secretStore.kmsKeyId", ({ kmsKeyId }) => kmsKeyId],
        },
        place: ({ region }) => [region],
        usesToken: false,
        egress: (_, { secretStore }) => [
            { from: PROCESSES, to: peersFor(secretStore), ports: [443] },
            ...identityEgress("aws", PROCESSES),
        ],
    },
);
