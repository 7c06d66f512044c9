import * as z from "zod";

import { schedule, timeZone } from "../fields/schedule";
import { switches } from "../fields/switch";
import { count, resources } from "../fields/vocabulary";
import { accountFields, podMetadata } from "../pods/settings";

/** Schema of `keep:retention`. */
export const retention = z
    .strictObject({
        // The script calculates with dates, which begin in the year 1.
        days: count(1, 36_500)
            .optional()
            .describe(
                "age in days at which alerts, their events and runs of workflows are deleted; default: kept forever",
            ),
        schedule: schedule.default("30 3 * * *").describe("cron schedule of the runs"),
        timeZone,
        batchSize: count(1)
            .max(10_000, { error: "is more than 10000, which would hold locks for too long. Use 10000 or less" })
            .default(1000)
            .describe("rows that one transaction deletes"),
        dryRun: z.boolean().default(false).describe("count, and delete nothing"),
        timeoutSeconds: count(60).default(7200).describe("limit of one run, in seconds; the next run continues"),
        resources: resources.optional().describe("requests and limits; the default fits any size"),
        ...podMetadata,
        ...accountFields,
    })
    .register(switches, { key: "days" });

/** `keep:retention`, validated and with defaults. */
export type RetentionConfig = z.infer<typeof retention>;
