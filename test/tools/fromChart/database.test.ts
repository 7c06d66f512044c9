import assert from "node:assert/strict";

import { type Converted, convert } from "../../../tools/fromChart/convert";
import type { ChartValues } from "../../../tools/fromChart/row";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";

const NO_ADDRESS = [
    "keep:database has no address. Set keep:databaseUrl, keep:database.urlSecret or keep:database.host.",
];

const address = (value: string, ...more: object[]): ChartValues => ({
    backend: { env: [{ name: "DATABASE_CONNECTION_STRING", value }, ...more] },
});

const CASES: Readonly<
    Record<
        string,
        readonly [values: ChartValues, database: object, also?: Partial<Pick<Converted, "secrets" | "unfinished">>]
    >
> = {
    "an external server": [
        { ...address("postgresql+psycopg2://keep:p%40s/s@pg.example.com:5432/keep"), database: { enabled: false } },
        { kind: "external", engine: "postgres" },
        { secrets: { databaseUrl: "postgresql+psycopg2://keep:p%40s/s@pg.example.com:5432/keep" } },
    ],
    "an address with its password in a Secret": [
        address("mysql+pymysql://me:$(DB_PASSWORD)@db.example.com/alerts?charset=utf8mb4", {
            name: "DB_PASSWORD",
            secretKeyRef: { secretName: "db", secretKey: "pw" },
        }),
        {
            kind: "external",
            engine: "mysql",
            host: "db.example.com",
            name: "alerts",
            user: "me",
            passwordSecret: { name: "db", key: "pw" },
            parameters: { charset: "utf8mb4" },
        },
        { secrets: {} },
    ],
    "an address with a password from another variable": [
        address("mysql+pymysql://me:$(DB_PASS)@db.example.com/keep", { name: "DB_PASS", value: "s3cret" }),
        { kind: "external", engine: "mysql" },
    ],
    "an address of PostgreSQL that SQLAlchemy cannot read": [
        { ...address("postgres://keep:secret@pg.example.com/keep"), database: { enabled: false } },
        { kind: "external", engine: "postgres" },
        { unfinished: NO_ADDRESS, secrets: {} },
    ],
    "the address of the chart's server, without its type": [
        address("postgresql+psycopg2://alerts:secret@keep-database:5432/alerts"),
        { kind: "postgres", volume: { size: "5Gi" }, name: "alerts", user: "alerts" },
    ],
    "an address that something else fills in": [
        { ...address("${DSN}"), database: { enabled: false } },
        { kind: "external", engine: "mysql" },
        { unfinished: NO_ADDRESS, secrets: {} },
    ],
    "an address with a password that something else fills in": [
        { ...address("postgresql+psycopg2://me:$(DB_PASS)@db.example.com/keep"), database: { enabled: false } },
        { kind: "external", engine: "postgres" },
        { unfinished: NO_ADDRESS, secrets: {} },
    ],
    "an address of a server that Keep does not speak to": [
        { ...address("oracle://db.example.com/keep"), database: { enabled: false, type: "postgres" } },
        { kind: "external", engine: "postgres" },
        { unfinished: NO_ADDRESS, secrets: {} },
    ],
    "no address, and no server": [
        { database: { enabled: false }, backend: { waitForDatabase: { port: 5432 } } },
        { kind: "external", engine: "postgres" },
        { unfinished: NO_ADDRESS },
    ],
    "an address in a ConfigMap": [
        { backend: { env: [{ name: "DATABASE_CONNECTION_STRING", configMapKeyRef: { name: "facts", key: "url" } }] } },
        { kind: "external", engine: "mysql" },
        { unfinished: NO_ADDRESS },
    ],
    "names of one's own in the chart's server": [
        address("mysql+pymysql://alerts@keep-database:3306/events"),
        { kind: "mysql", volume: { size: "5Gi" }, user: "alerts", name: "events" },
    ],
};

describe("from-chart's database", () => {
    for (const [what, [values, database, also]] of Object.entries(CASES)) {
        it(`is what the values mean: ${what}`, async () => {
            const converted = convert(values);
            assert.deepEqual(converted.settings.database, database);
            assert.deepEqual(await problems(stackOf(converted)), also?.unfinished ?? []);
            assert.deepEqual(converted.unfinished, also?.unfinished ?? []);
            assert.deepEqual(converted.secrets, also?.secrets ?? converted.secrets);
        });
    }

    for (const [by, more, engine] of [
        ["database.type", {}, "mysql"],
        ["backend.waitForDatabase.port", { waitForDatabase: { port: 5432 } }, "postgres"],
    ] as const) {
        it(`says by what it guessed what a server speaks whose address is in a Secret: ${by}`, () => {
            const url = { enabled: true, secretName: "db", secretKey: "url" };
            const { settings, notes } = convert({ backend: { databaseConnectionStringFromSecret: url, ...more } });
            assert.deepEqual(settings.database, { kind: "external", urlSecret: { name: "db", key: "url" }, engine });
            assert.match(notes.join("\n"), new RegExp(`keep:database\\.engine ${engine} is a guess from ${by}\\.`));
        });
    }

    it("is told where the address may be when only a Secret can have it", () => {
        const { notes } = convert({ database: { enabled: false }, backend: { envFromSecret: "keep-env" } });
        assert.match(notes.join("\n"), /If the Secret keep-env contains it, set keep:database\.urlSecret/);
    });
});
