import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { convert } from "../../tools/fromChart/convert";
import type { ChartValues } from "../../tools/fromChart/row";
import { UserError } from "../../tools/preview/userError";
import { stackOf } from "../support/converted";
import { problems } from "../support/refusals";

const KEEP = { helmRelease: "keep", namespace: "keep" };

/** A stack of these values, loaded as `pulumi up` would. */
async function refusals(values: ChartValues, adoption = KEEP): Promise<string[]> {
    return problems(stackOf(convert(values, { adoption })));
}

const url = (value: string) => [{ name: "DATABASE_CONNECTION_STRING", value }];

describe("from-chart --adopt", () => {
    it("goes on with the chart's MySQL as a user of its own, whose password the steps make", async () => {
        const { settings, secrets, steps } = convert({}, { adoption: KEEP });

        assert.deepEqual(settings.adopt, KEEP);
        assert.deepEqual(settings.database, { kind: "mysql", user: "keep", name: "keep", volume: undefined });
        assert.deepEqual(secrets, {});
        assert.match(steps.join("\n"), /CREATE USER IF NOT EXISTS 'keep'@'%' IDENTIFIED BY '\$PASSWORD'/);
        assert.deepEqual(await refusals({}), [
            "keep:databasePassword is missing, but the database in keep-pvc already has users. Set the password of keep:database.user, or keep:database.passwordSecret; see docs/from-the-chart.md. Run: pulumi config set --secret keep:databasePassword",
        ]);
    });

    it("goes on with the chart's PostgreSQL as the user that it has", async () => {
        const values = { database: { type: "postgres" } };
        const { settings, secrets, steps } = convert(values, { adoption: KEEP });

        assert.deepEqual(settings.database, { kind: "postgres", user: "postgres", name: "keep", volume: undefined });
        assert.deepEqual(secrets, { databasePassword: "mysecretpassword" });
        assert.match(steps.join("\n"), /pg_dump -U postgres --format=custom keep > before\.dump/);
        assert.deepEqual(await refusals(values), []);
    });

    it("takes user, password and database from the address that Keep was given", async () => {
        const values = { backend: { env: url("mysql+pymysql://alerts:p%40ss'word@keep-database:3306/events") } };
        const { settings, secrets, steps } = convert(values, { adoption: KEEP });

        assert.deepEqual(settings.database, { kind: "mysql", user: "alerts", name: "events", volume: undefined });
        assert.deepEqual(secrets, { databasePassword: "p@ss'word" });
        assert.ok(
            steps.includes(
                "pulumi config get keep:databasePassword | kubectl -n keep exec -i deploy/keep-database -- sh -c 'IFS= read -r MYSQL_PWD; export MYSQL_PWD; exec mysqldump -ualerts --single-transaction --databases events' > before.sql",
            ),
            steps.join("\n"),
        );
        assert.ok(!steps.join("\n").includes("p@ss"), "a step shows the password");
        assert.deepEqual(await refusals(values), []);
    });

    it("logs in as root with the password that the server's pod has", () => {
        const database = { mysql: { env: [{ name: "MYSQL_ROOT_PASSWORD", value: "hunter2hunter" }] } };
        const { left, notes, steps } = convert({ database }, { adoption: KEEP });
        const printed = steps.join("\n");

        assert.match(
            printed,
            / sh -c "MYSQL_PWD=\\\$MYSQL_ROOT_PASSWORD mysql -uroot -e \\"CREATE USER .*'keep'@'%'\\""\n/,
        );
        assert.match(printed, / sh -c "MYSQL_PWD=\\\$MYSQL_ROOT_PASSWORD mysqldump -uroot .* keep" > before\.sql\n/);
        assert.ok(notes.some((note) => note.includes("MYSQL_ROOT_PASSWORD")));
        assert.deepEqual(left, [
            {
                value: "database.mysql.env MYSQL_ROOT_PASSWORD",
                because: "root gets the password of keep:databasePassword.",
            },
        ]);

        for (const url of ["root:hunter2hunter@", "alerts@"]) {
            const env = [
                { name: "DATABASE_CONNECTION_STRING", value: `mysql+pymysql://${url}keep-database:3306/keep` },
            ];
            const other = convert({ database, backend: { env } }, { adoption: KEEP });
            assert.doesNotMatch(other.steps.join("\n"), /MYSQL_ROOT_PASSWORD|hunter2/);
            assert.ok(!other.notes.some((note) => note.includes("MYSQL_ROOT_PASSWORD")));
        }
    });

    for (const [what, values, helmRelease, release, adopt] of [
        ["a release called after something else", {}, "monitoring", "monitoring-keep", {}],
        ["a release with keep in its name", {}, "my-keep", "my-keep", {}],
        ["fullnameOverride", { fullnameOverride: "alerts" }, "monitoring", "alerts", { fullname: "alerts" }],
        ["nameOverride", { nameOverride: "alerts" }, "keep", "keep-alerts", { fullname: "keep-alerts" }],
    ] as const) {
        it(`calls its objects as the chart did: ${what}`, async () => {
            const adoption = { helmRelease, namespace: "alerting" };
            const { settings, steps } = convert({ ...values, database: { type: "postgres" } }, { adoption });

            assert.equal(settings.release, release);
            assert.deepEqual(settings.adopt, { ...adoption, ...adopt });
            assert.ok(steps.includes(`kubectl -n alerting scale deploy/${release}-backend --replicas=0`));
            assert.deepEqual(await refusals({ ...values, database: { type: "postgres" } }, adoption), []);
        });
    }

    it("leaves an external database where it is, and has no steps for it", async () => {
        const values = {
            database: { enabled: false },
            backend: { env: url("postgresql+psycopg2://keep:pw@db.example.com:5432/keep") },
        };
        const { settings, steps } = convert(values, { adoption: KEEP });

        assert.deepEqual(settings.database, { kind: "external", engine: "postgres" });
        assert.doesNotMatch(steps.join("\n"), / exec /);
        assert.deepEqual(await refusals(values), []);
    });

    const password = { name: "DB_PASSWORD", secretKeyRef: { secretName: "keep-db", secretKey: "password" } };
    const urlSecret = { enabled: true, secretName: "keep-db", secretKey: "url" };

    it("reads the password of the chart's server from the Secret in which it is", async () => {
        const env = [password, ...url("mysql+pymysql://alerts:$(DB_PASSWORD)@keep-database.keep.svc/keep")];
        const values = { backend: { env }, database: { mysql: { env: [{ name: "MYSQL_PASSWORD", value: "other" }] } } };
        const { settings, secrets, left, steps } = convert(values, { adoption: KEEP });

        assert.deepEqual(settings.database, {
            kind: "mysql",
            user: "alerts",
            name: "keep",
            volume: undefined,
            passwordSecret: { name: "keep-db", key: "password" },
        });
        assert.deepEqual(secrets, {});
        assert.deepEqual(left, [
            {
                value: "database.mysql.env MYSQL_PASSWORD",
                because: "keep:database.passwordSecret has Keep's password.",
            },
        ]);
        assert.match(
            steps.join("\n"),
            /\n(kubectl -n keep) get secret keep-db -o go-template='\{\{index .data "password" \| base64decode\}\}' \| \1 exec -i/,
        );
        assert.deepEqual(await refusals(values), []);
    });

    it("expands variables in the URL of the chart's server", () => {
        const env = [
            { name: "DB_USER", value: "alerts" },
            { name: "DB_PASSWORD", value: "hunter2hunter2" },
            ...url("mysql+pymysql://$(DB_USER):$(DB_PASSWORD)@keep-database/keep"),
        ];
        const { settings, secrets } = convert({ backend: { env } }, { adoption: KEEP });
        assert.deepEqual(settings.database, { kind: "mysql", user: "alerts", name: "keep", volume: undefined });
        assert.equal(secrets.databasePassword, "hunter2hunter2");
    });

    for (const [what, values, message] of [
        ["is in a Secret", { backend: { databaseConnectionStringFromSecret: urlSecret } }, /remove backend\.database/],
        [
            "is a reference",
            { backend: { env: [{ ...password, name: "DATABASE_CONNECTION_STRING" }] } },
            /\(backend\.env DATABASE_CONNECTION_STRING\)\. If its host is keep-database, write the URL/,
        ],
        [
            "may be in another Secret",
            { backend: { env: [], envFromSecret: "keep-env" } },
            /may be in the Secret keep-env/,
        ],
        ["may be in a ConfigMap", { backend: { env: [], envFromConfigMaps: [{ name: "c" }] } }, /the ConfigMap c\./],
        ["is a template", { backend: { env: url("{{ .Values.url }}") } }, /is not readable .*If its host is/],
        ["has no readable host", { backend: { env: url("mysql+pymysql://u:p@${HOST}/keep") } }, /is not readable/],
        ["is that of SQL Server", { backend: { env: url("mssql+pyodbc://u:p@keep-database/k") } }, /is not readable/],
        [
            "has another scheme than the server",
            { backend: { env: url("postgresql+psycopg2://u:p@keep-database/keep") } },
            /database\.type is mysql, but .* postgres on the chart's own server/,
        ],
        [
            "contains a variable without a value",
            { backend: { env: url("mysql+pymysql://u:$(DB_PASSWORD)@keep-database/keep") } },
            /contains \$\(DB_PASSWORD\), which has no value/,
        ],
    ] as const) {
        it(`rejects the chart's server if the URL ${what}, but not without the server`, () => {
            assert.throws(() => convert(values, { adoption: KEEP }), message);
            const { steps } = convert({ ...values, database: { enabled: false } }, { adoption: KEEP });
            assert.doesNotMatch(steps.join("\n"), / exec /);
        });
    }

    for (const host of ["keep-database.databases.svc.cluster.local", "keep-database.c1.eu-west-1.rds.amazonaws.com"]) {
        it(`takes ${host} for an external database`, () => {
            const values = { backend: { env: url(`postgresql+psycopg2://keep:pw@${host}:5432/keep`) } };
            const { settings, secrets, steps } = convert(values, { adoption: KEEP });
            assert.deepEqual(settings.database, { kind: "external", engine: "postgres" });
            assert.deepEqual(secrets, { databaseUrl: `postgresql+psycopg2://keep:pw@${host}:5432/keep` });
            assert.doesNotMatch(steps.join("\n"), / exec /);
        });
    }

    it("rejects a database whose name a shell would run", () => {
        const values = {
            database: { type: "postgres" },
            backend: { env: url("postgresql+psycopg2://u:pw@keep-database:5432/a;id") },
        };
        assert.throws(
            () => convert(values, { adoption: KEEP }),
            (error: unknown) => error instanceof UserError && !error.message.includes("pw"),
        );
    });

    it("deletes nothing that holds data, and nothing before the dump", () => {
        for (const values of [{}, { database: { type: "postgres" } }]) {
            const { steps } = convert(values, { adoption: KEEP });
            const [first, ...others] = steps.filter((step) => step.includes(" delete "));

            assert.doesNotMatch(first ?? "", /secret|persistentvolume|pvc|namespace,/);
            assert.ok(steps.findIndex((step) => step.includes("dump")) < steps.indexOf(first ?? ""));
            assert.deepEqual(others, ["kubectl -n keep delete secret -l owner=helm,name=keep"]);
        }
    });

    it("prints the steps that docs/from-the-chart.md explains, in its order", () => {
        const page = readFileSync(join(__dirname, "../../docs/from-the-chart.md"), "utf8");
        const lines = page.slice(page.indexOf("### 1."), page.indexOf("## Go back to the chart")).split("\n");
        const { steps } = convert({}, { adoption: KEEP });

        assert.deepEqual(
            lines.filter((line) => steps.includes(line)),
            steps,
        );
    });
});
