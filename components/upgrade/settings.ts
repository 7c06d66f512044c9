import * as z from "zod";

import { version } from "../fields/version";

/** A deployed claim, in the format of messages. */
const claim = z.string().regex(/^[a-z0-9][-a-z0-9.]*\/[a-z0-9][-a-z0-9.]*$/, {
    error: "is not the name of a volume. Write namespace and claim as in the error, such as keep/keep-sqlite",
});

/**
 * Rejected changes that the user allows. Each value names what it concerns, so that it does not allow changes of other
 * volumes, versions and stores later.
 */
export const allow = z.strictObject({
    downgradeFrom: version.optional().describe("version that is deployed now; allows an older keep:version"),
    secretStoreFrom: z
        .string()
        .regex(/^(database|(kubernetes|vault|aws|gcp)\/\S+)$/, {
            error: "is not the name of a secret store. Write kind and place as in the error, such as kubernetes/keep-secrets",
        })
        .optional()
        .describe("secret store that is deployed now; allows another kind of keep:secretStore"),
    abandon: z
        .array(claim)
        .default([])
        .describe(
            "volumes with data, as namespace/claim, that may be deleted; retained ones stay in the cluster; external/engine for an external database",
        ),
});

/** Rejected changes that the user allows. */
export type AllowConfig = z.infer<typeof allow>;
