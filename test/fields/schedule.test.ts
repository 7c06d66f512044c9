import { accepts, refuses } from "../support/refusals";

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
            ].map((schedule) => [schedule, at(schedule)]),
        ),
    );

    const wrong = [
        ...["at night", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 7"],
        ...[
            "* * * sun *",
            "9-5 * * * *",
            "*/0 * * * *",
            "1,,2 * * * *",
            "-1 * * * *",
            "* * * *",
            "* * * * * *",
            "@often",
        ],
    ];
    refuses(
        Object.fromEntries(
            wrong.map((schedule) => [
                schedule,
                [
                    at(schedule),
                    `keep:retention.schedule ("${schedule}") is not a cron schedule. Write five fields, such as "30 3 * * *" for each night at half past three.`,
                ],
            ]),
        ),
    );
});

describe("the days of a schedule", () => {
    refuses(
        Object.fromEntries(
            ["0 0 31 2 *", "0 0 30,31 feb *", "0 0 31 4,6,9,11 *", "0 0 31 2 0-6"].map((schedule) => [
                schedule,
                [
                    at(schedule),
                    `keep:retention.schedule ("${schedule}") names a day that none of its months has, so it would never run. Choose another day or month.`,
                ],
            ]),
        ),
    );
});

describe("the time zone of a nightly job", () => {
    accepts(
        Object.fromEntries(
            ["America/Argentina/Buenos_Aires", "Etc/UTC", "UTC", "US/Pacific", "Asia/Kolkata", "Etc/GMT+1"].map(
                (name) => [name, zone(name)],
            ),
        ),
    );
    refuses(
        Object.fromEntries(
            ["Mars/Base", "", "+01:00", "europe/berlin", "Europe/BERLIN", "us/pacific", "utc"].map((name) => [
                `"${name}"`,
                [
                    zone(name),
                    `keep:backup.timeZone ("${name}") is not a time zone. Name one of the IANA database, such as Europe/Berlin.`,
                ],
            ]),
        ),
    );
});
