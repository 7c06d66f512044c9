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

describe("the time zone of a nightly job", () => {
    accepts({ "a city's": zone("America/Argentina/Buenos_Aires"), "the world's": zone("Etc/UTC") });
    refuses(
        Object.fromEntries(
            ["Mars/Base", "", "+01:00"].map((name) => [
                `"${name}"`,
                [
                    zone(name),
                    `keep:backup.timeZone ("${name}") is not a time zone. Name one of the IANA database, such as Europe/Berlin.`,
                ],
            ]),
        ),
    );
});
