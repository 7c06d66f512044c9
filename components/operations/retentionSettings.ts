import * as z from "zod";

import { schedule, timeZone } from "../fields/schedule";
import { count, resources } from "../fields/vocabulary";

/** How long alerts are kept. */
export const retention = z.strictObject({
    days: count(1)
        .optional()
        .describe(
            "age at which alerts, their events and runs of workflows are deleted; default: they are kept for good",
        ),
    schedule: schedule.default("30 3 * * *").describe("when, as in cron"),
    timeZone,
    batchSize: count(1)
        .max(10_000, { error: "is more than 10000, which would hold locks too long. Lower it" })
        .default(1000)
        .describe("rows that one transaction deletes"),
    dryRun: z.boolean().default(false).describe("only count what would be deleted"),
    timeoutSeconds: count(60).default(7200).describe("how long one run may take; the next goes on where it stopped"),
    resources: resources.optional().describe("requests and limits; the default fits any size"),
});

/** How long alerts are kept, validated and with defaults. */
export type RetentionConfig = z.infer<typeof retention>;
