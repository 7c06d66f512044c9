import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";

const jobs: Readonly<Record<string, (timing: object) => Written>> = {
    "keep-backup": (timing) => ({ database: { kind: "postgres" }, backup: { kind: "volume", ...timing } }),
    "keep-retention": (timing) => ({ database: { kind: "postgres" }, retention: { days: 30, ...timing } }),
};

for (const [name, written] of Object.entries(jobs)) {
    describe(`the nightly job ${name}`, () => {
        const specOf = async (timing: object = {}) =>
            (await deployKeep(written(timing))).one("CronJob", name).inputs.spec;

        it("runs when the stack says, in its time zone, and no longer than that", async () => {
            const { schedule, timeZone, jobTemplate } = await specOf({
                schedule: "15 4 * * 6",
                timeZone: "Europe/Berlin",
                timeoutSeconds: 900,
            });

            assert.deepEqual(
                [schedule, timeZone, jobTemplate.spec.activeDeadlineSeconds],
                ["15 4 * * 6", "Europe/Berlin", 900],
            );
        });

        it("never runs beside itself, waits an hour at most for its turn, and is not tried again before the next night", async () => {
            const { concurrencyPolicy, startingDeadlineSeconds, jobTemplate } = await specOf();

            assert.deepEqual(
                [concurrencyPolicy, startingDeadlineSeconds, jobTemplate.spec.backoffLimit],
                ["Forbid", 3600, 0],
            );
        });
    });
}
