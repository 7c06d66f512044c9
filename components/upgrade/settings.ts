import * as z from "zod";

import { version } from "../fields/version";

/** One deployed claim, as messages name it. */
const claim = z.string().regex(/^[a-z0-9][-a-z0-9.]*\/[a-z0-9][-a-z0-9.]*$/, {
    error: "is not the name of a volume. Write namespace and claim, such as keep/keep-sqlite, as the refusal names it",
});

/**
 * Changes that are refused unless the stack says that they are meant. Each names what it is about, so that one which is
 * left in the stack file allows nothing else later.
 */
export const allow = z.strictObject({
    downgradeFrom: version.optional().describe("version that is deployed now; allows an older keep:version"),
    secretStoreFrom: z
        .string()
        .regex(/^(database|(kubernetes|vault|aws|gcp)\/\S+)$/, {
            error: "is not the name of a store of credentials. Write kind and place, such as kubernetes/keep-secrets, as the refusal names it",
        })
        .optional()
        .describe("secret store that is deployed now; allows another kind of keep:secretStore"),
    abandon: z
        .array(claim)
        .default([])
        .describe("volumes with data, as namespace/claim, that may be deleted; retained ones stay in the cluster"),
});

/** Changes that are refused unless the stack says that they are meant. */
export type AllowConfig = z.infer<typeof allow>;
