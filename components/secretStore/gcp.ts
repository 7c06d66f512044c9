import * as z from "zod";

import { input } from "../fields/input";
import { identityEgress, peersFor, PROCESSES } from "../fields/traffic";
import { secretStoreKind } from "./store";

/** Google Secret Manager. */
export const gcp = secretStoreKind(
    z.strictObject({
        kind: z.literal("gcp").describe("Google Secret Manager, with workload identity"),
        project: input(z.string().regex(/\S/, { error: "is empty. Set it to a Google Cloud project" })).describe(
            "Google Cloud project",
        ),
    }),
    {
        env: {
            SECRET_MANAGER_TYPE: ["keep:secretStore.kind", () => "GCP"],
            GOOGLE_CLOUD_PROJECT: ["keep:secretStore.project", ({ project }) => project],
        },
        place: ({ project }) => [project],
        usesToken: false,
        egress: (_, { secretStore }) => [
            { from: PROCESSES, to: peersFor(secretStore), ports: [443] },
            ...identityEgress("gcp", PROCESSES),
        ],
    },
);
