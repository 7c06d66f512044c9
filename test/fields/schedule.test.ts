import assert from "node:assert/strict";

import { timeZone } from "../../components/fields/schedule";
import { TIME_ZONE_ALIASES } from "../../components/fields/timeZones";
import { accepts } from "../support/refusals";

const DATABASE = { database: { kind: "postgres" } };
const at = (schedule: string) => ({ ...DATABASE, retention: { days: 30, schedule } });
const zone = (timeZone: string) => ({ ...DATABASE, backup: { kind: "volume", timeZone } });

describe("the schedule of a nightly job", () => {
    accepts(
        Object.fromEntries(
            [
                "30 3 * * *",
                "*/5 0-6/2 ? jan-MAR,12 sun,1-6",
                "0 0  1,15 * Mon-Fri",
                "59 23 31 12 6",
                "0 0 29 2 *",
                "0 0 31 2 mon",
                "0 0 31 2,3 *",
                "0 0 30-31 */2 *",
                "@monthly",
                "5/10 * * * *",
                "@daily",
                "*/7 7 7 7 */7",
                "* * * * *",
                "? */1 1-31 ? 0-6",
                "*/5 * * * *",
                "*/2 3 * * *",
                "1-59 3 * * *",
                "@hourly",
            ].map((schedule) => [schedule, at(schedule)]),
        ),
    );
});
describe("the time zone of a nightly job", () => {
    it("may have any other name, but in no other case", () => {
        const isAccepted = (name: string) => timeZone.safeParse(name).success;
        const inTitleCase = (name: string) =>
            name.toLowerCase().replace(/(^|[^a-z])[a-z]/g, (start) => start.toUpperCase());
        const names = [...TIME_ZONE_ALIASES];
        const others = names.flatMap((name) => [name.toLowerCase(), name.toUpperCase(), inTitleCase(name)]);

        assert.deepEqual(names.filter(isAccepted), names);
        assert.deepEqual(others.filter((name) => !TIME_ZONE_ALIASES.has(name)).filter(isAccepted), []);
    });

    accepts(
        Object.fromEntries(
            [
                "America/Argentina/Buenos_Aires",
                "Etc/UTC",
                "UTC",
                "US/Pacific",
                "Asia/Kolkata",
                "Etc/GMT+1",
                "W-SU",
                "GMT0",
                "EST5EDT",
                "America/Port-au-Prince",
                "Antarctica/DumontDUrville",
            ].map((name) => [name, zone(name)]),
        ),
    );
});
