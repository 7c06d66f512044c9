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
    "an external server with the name of the chart's": [
        address("postgresql+psycopg2://keep:pw@keep-database.c1.eu-west-1.rds.amazonaws.com:5432/keep"),
        { kind: "external", engine: "postgres" },
        {
            secrets: {
                databaseUrl: "postgresql+psycopg2://keep:pw@keep-database.c1.eu-west-1.rds.amazonaws.com:5432/keep",
            },
        },
    ],
    "a server with the name of the chart's in another namespace": [
        { ...address("mysql+pymysql://keep:pw@keep-database.databases.svc/keep"), namespaceOverride: "keep" },
        { kind: "external", engine: "mysql" },
        { secrets: { databaseUrl: "mysql+pymysql://keep:pw@keep-database.databases.svc/keep" } },
    ],
    "the whole name of the chart's server": [
        {
            ...address("mysql+pymysql://root@Keep-Database.keep.svc.cluster.local.:3306/keep"),
            namespaceOverride: "keep",
        },
        { kind: "mysql", volume: { size: "5Gi" } },
        { secrets: {} },
    ],
    "a URL in a Secret that takes precedence over that in a variable": [
        {
            backend: {
                env: [{ name: "DATABASE_CONNECTION_STRING", value: "mysql+pymysql://me:pw@db.example.com/keep" }],
                databaseConnectionStringFromSecret: { enabled: true, secretName: "db", secretKey: "url" },
            },
        },
        { kind: "external", engine: "mysql", urlSecret: { name: "db", key: "url" } },
        { secrets: {} },
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

    for (const [what, values, note] of [
        [
            "a URL in a Secret",
            { backend: { databaseConnectionStringFromSecret: { enabled: true, secretName: "db", secretKey: "url" } } },
            /the URL of the database is in a Secret .*If its host is keep-database/,
        ],
        [
            "a Secret with other variables",
            { backend: { env: [], envFromSecret: "keep-env" } },
            /may be in the Secret keep-env/,
        ],
        [
            "a namespace that may be that of the release",
            address("mysql+pymysql://root@keep-database.keep.svc/keep"),
            /keep-database\.keep\.svc is the chart's own server only if the release is in the namespace keep\./,
        ],
    ] as const) {
        it(`notes what to check beside the chart's server, but not without it: ${what}`, () => {
            assert.match(convert(values).notes.join("\n"), note);
            assert.doesNotMatch(convert({ ...values, database: { enabled: false } }).notes.join("\n"), note);
        });
    }

    it("has no note about the chart's server with a URL in the values", () => {
        for (const values of [
            {},
            address("mysql+pymysql://me:pw@db.example.com/keep"),
            { backend: { envFromSecret: "e" } },
        ]) {
            assert.doesNotMatch(convert(values).notes.join("\n"), /database\.enabled|own server/);
        }
    });

    it("is told where the address may be when only a Secret can have it", () => {
        const { notes } = convert({ database: { enabled: false }, backend: { envFromSecret: "keep-env" } });
        assert.match(notes.join("\n"), /If the Secret keep-env contains it, set keep:database\.urlSecret/);
    });
});
