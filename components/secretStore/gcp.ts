import * as z from "zod";

import { input } from "../fields/input";
import { identityEgress, peersFor, PROCESSES } from "../fields/traffic";
import { secretStoreKind } from "./store";

/** Google Secret Manager. */
export const gcp = secretStoreKind(
    z.strictObject({
        kind: z.literal("gcp").describe("Google Secret Manager, with workload identity"),
        project: input(
            // https://cloud.google.com/resource-manager/docs/creating-managing-projects
            z.string().regex(/^(([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]|[0-9]+)$/, {
                error: "is not the id of a Google Cloud project. Write it like keep-production",
            }),
        ).describe("Google Cloud project"),
    }),
    {
        env: {
            SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "GCP"],
            GOOGLE_CLOUD_PROJECT: ["keep:secretStore.project", ({ project }) => project],
        },
        // The provider of BigQuery reads it, too (keep/providers/bigquery_provider/bigquery_provider.py).
        otherUses: ["GOOGLE_CLOUD_PROJECT"],
        place: ({ project }) => [project],
        usesToken: false,
        egress: (_, { secretStore }) => [
            { from: PROCESSES, to: peersFor(secretStore, [443]) },
            ...identityEgress("gcp", PROCESSES),
        ],
    },
);
