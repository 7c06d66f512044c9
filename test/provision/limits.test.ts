import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const workflow = (id: string, more: string) =>
    `workflow: {id: ${id}, ${more}steps: [{name: a, provider: {type: console, with: {}}}]}`;

const FAULTS: Readonly<Record<string, readonly [Kind, Readonly<Record<string, string>>, ...string[]]>> = {
    "numbers and texts that a column cannot hold": [
        "correlations",
        {
            "a.yaml": `name: ${"n".repeat(256)}\ndefinition_cel: x == 1\ntimeframe: 2147483648\nincident_prefix: ELEVENCHARS\n`,
        },
        '("a.yaml:1") is invalid: name must have at most 255 characters.',
        '("a.yaml:3") is invalid: timeframe must be a whole number from 1 to 2147483647.',
        '("a.yaml:4") is invalid: incident_prefix must have at most 10 characters.',
    ],
    "times that are none, or that Python does not have": [
        "maintenance",
        Object.fromEntries(
            ["0000-01-01T00:00:00Z", "2026-02-31T00:00:00Z", "10000-01-01T00:00:00Z", "9999-12-31T23:59:00Z"].map(
                (time, index) => [
                    `${index}.yaml`,
                    `name: '${index}'\ncel_query: x == 1\nduration_seconds: 60\nstart_time: ${time}\n`,
                ],
            ),
        ),
        '("0.yaml:4") is invalid: start_time must be in the years 1970 to 9999.',
        '("1.yaml:4") is invalid: start_time must be a time with a zone, such as 2026-12-24T22:00:00Z.',
        '("2.yaml:4") is invalid: start_time must be a time with a zone, such as 2026-12-24T22:00:00Z.',
        '("3.yaml:3") is invalid: duration_seconds must end the window before the year 10000.',
    ],
};

describe("a file that is provisioned", () => {
    for (const [what, [kind, files, ...messages]] of Object.entries(FAULTS)) {
        it(`is rejected with ${what}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, files), messages);
        });
    }
});

describe("a file that is provisioned into MySQL", () => {
    const mysql = { database: { kind: "mysql" } };

    it("is rejected if a column cannot hold it", async () => {
        const long = "x".repeat(256);

        assert.deepEqual(
            [
                ...(await problemsOfFiles("workflows", { "a.yaml": workflow("a", `description: ${long}, `) }, mysql)),
                ...(await problemsOfFiles(
                    "workflows",
                    { "a.yaml": workflow("a", `x: ${"x".repeat(65_536)}, `) },
                    mysql,
                )),
                ...(await problemsOfFiles(
                    "maintenance",
                    {
                        "a.yaml": `name: a\ncel_query: x == '${long}'\nduration_seconds: 60\nstart_time: 2026-01-01T00:00:00Z\n`,
                    },
                    mysql,
                )),
            ],
            [
                '("a.yaml:1") is invalid: workflow.description must have at most 255 characters in MySQL. Shorten it, or use PostgreSQL.',
                '("a.yaml") must have at most 65535 bytes in MySQL. Shorten it, or use PostgreSQL.',
                '("a.yaml:2") is invalid: cel_query must have at most 255 characters in MySQL. Shorten it, or use PostgreSQL.',
            ],
        );
    });

    it("is rejected if its name differs from another one only in case or accents", async () => {
        const files = { "a.yaml": workflow("a", "name: Équipe, "), "b.yaml": workflow("b", "name: equipe, ") };

        assert.deepEqual(await problemsOfFiles("workflows", files, mysql), [
            '("b.yaml") has the name equipe, which MySQL does not distinguish from Équipe in a.yaml. Rename one.',
        ]);
        assert.deepEqual(await problemsOfFiles("workflows", files), []);
    });
});
