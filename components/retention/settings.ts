import * as z from "zod";

import { schedule, timeZone } from "../fields/schedule";
import { switches } from "../fields/switch";
import { count, resources } from "../fields/vocabulary";
import { accountFields, podMetadata } from "../pods/settings";

/** How long alerts are kept. */
export const retention = z
    .strictObject({
        // The script computes with dates, which begin at year 1.
        days: count(1, 36_500)
            .optional()
            .describe(
                "age in days at which alerts, their events and runs of workflows are deleted; default: kept forever",
            ),
        schedule: schedule.default("30 3 * * *").describe("cron schedule of the runs"),
        timeZone,
        batchSize: count(1)
            .max(10_000, { error: "is more than 10000, which holds locks too long. Lower it" })
            .default(1000)
            .describe("rows that one transaction deletes"),
        dryRun: z.boolean().default(false).describe("count, and delete nothing"),
        timeoutSeconds: count(60).default(7200).describe("limit of one run, in seconds; the next run continues"),
        resources: resources.optional().describe("requests and limits; the default fits any size"),
        ...podMetadata,
        ...accountFields,
    })
    .register(switches, { key: "days" });

/** How long alerts are kept, validated and with defaults. */
export type RetentionConfig = z.infer<typeof retention>;
