import * as z from "zod";

import { dnsLabel } from "../fields/vocabulary";

/** Where Keep keeps the credentials of its providers. */
export const secretStore = z.discriminatedUnion("kind", [
    z.strictObject({
        kind: z.literal("kubernetes").describe("Kubernetes Secrets"),
        namespace: dnsLabel()
            .optional()
            .describe("an existing namespace for them; default: one of the release's own, removed with the stack"),
        removal: z
            .boolean()
            .default(true)
            .describe(
                "with an existing namespace: delete the Secrets that Keep wrote there when the stack is destroyed",
            ),
    }),
    z.strictObject({
        kind: z.literal("database").describe("a table of Keep's database, in plain text: no rights, nothing left over"),
    }),
    z.strictObject({
        kind: z.literal("vault").describe("HashiCorp Vault, KV v2 at secret/, signed in to by the service account"),
        address: z
            .url({ error: "is not a URL. Give Vault's address, such as https://vault.example.com" })
            .describe("Vault's address"),
        namespace: z.string().default("default").describe("Vault Enterprise namespace"),
        role: z
            .string()
            .regex(/\S/, { error: "is empty. Name the role of Vault's Kubernetes auth method" })
            .describe("role of the Kubernetes auth method"),
    }),
    z.strictObject({
        kind: z.literal("aws").describe("AWS Secrets Manager, by the service account's IAM role"),
        region: z.string().regex(/\S/, { error: "is empty. Name an AWS region" }).describe("AWS region"),
        kmsKeyId: z.string().optional().describe("KMS key; default: the account's own"),
    }),
    z.strictObject({
        kind: z.literal("gcp").describe("Google Secret Manager, by workload identity"),
        project: z
            .string()
            .regex(/\S/, { error: "is empty. Name a Google Cloud project" })
            .describe("Google Cloud project"),
    }),
]);

/** Where Keep keeps the credentials of its providers, validated and with defaults. */
export type SecretStoreConfig = z.infer<typeof secretStore>;
