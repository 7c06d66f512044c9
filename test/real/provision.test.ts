import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { KIND_NAMES } from "../../components/provision/kinds";
import { exampleFiles } from "../provision/examples";
import { deployKeep } from "../support/config";
import type { Deployed } from "../support/harness";
import { environment } from "./container";
import { ROOT, writeFiles } from "./files";
import { startMysql } from "./mysql";
import { startPostgres } from "./postgres";
import type { Running } from "./process";
import { need } from "./programs";
import { queried, runSetup } from "./setupJob";

const FOLDER = "exported/provision";
/** What a failed setup step prints last. */
const UNCHANGED = {
    before: "Nothing was changed.",
    after: "No rule, dashboard, maintenance window or preset was changed.",
};

const DATABASES = [
    {
        kind: "postgres",
        start: ({ POSTGRES_USER: user = "", POSTGRES_PASSWORD: password = "", POSTGRES_DB: database = "" }) =>
            startPostgres({ user, password, database }),
        renamed: "1 created, 0 changed, 0 unchanged, 1 deleted",
    },
    {
        kind: "mysql",
        start: ({ MYSQL_USER: user = "", MYSQL_PASSWORD: password = "", MYSQL_DATABASE: database = "" }) =>
            startMysql({ user, password, database }),
        // The name of the file is that of the row, but for its case.
        renamed: "0 created, 1 changed, 0 unchanged, 0 deleted",
    },
] as const;

for (const { kind, start: startServer, renamed } of DATABASES) {
    describe(`content of files in ${kind}, applied by the setup Job`, function () {
        // Each step needs the one before.
        this.bail(true);
        let server: Running | undefined;

        before(async function () {
            need(this, "python", kind);
            const release = await deploy();
            const [container] = release.one("Deployment", "keep-database").inputs.spec.template.spec.containers;
            assert.ok(container !== undefined);
            server = await startServer(environment(release, container));
        });

        after(async () => {
            await server?.stop();
            rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
        });

        const deploy = (provision?: Readonly<Record<string, string>>, providers?: object) =>
            deployKeep({
                database: { kind },
                ...(provision && { provision }),
                ...(providers && { providers: JSON.stringify(providers) }),
            });

        /** Runs the setup Job on these files and providers, with more in its volumes, and returns what it reports of each kind. */
        async function applied(
            files: Readonly<Record<string, string>>,
            more: Readonly<Record<string, string>> = {},
            providers?: object,
        ): Promise<Record<string, string>> {
            rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
            writeFiles(FOLDER, Object.fromEntries(KIND_NAMES.map((name) => [`${name}/.gitkeep`, ""])));
            writeFiles(FOLDER, files);
            const release = await deploy(
                Object.fromEntries(KIND_NAMES.map((name) => [name, `${FOLDER}/${name}`])),
                providers,
            );
            const output = await runSetup(release, more);
            return Object.fromEntries(
                [...output.matchAll(/^(\w+): (\d+ created, .*)$/gm)].map(([, name = "", counts = ""]) => [
                    name,
                    counts,
                ]),
            );
        }

        const each = (counts: string, others: Readonly<Record<string, string>> = {}) => ({
            ...Object.fromEntries(APPLIED.map((name) => [name, counts])),
            ...others,
        });

        it("is created", async () => {
            assert.deepEqual(await applied(exampleFiles()), each("1 created, 0 changed, 0 unchanged, 0 deleted"));
            assert.deepEqual(await read(await deploy()), { workflows: 1, mappings: 1 });
        });

        it("stays as it is, but for a name in another case", async () => {
            const {
                "presets/critical.yaml": preset = "",
                "dashboards/overview.json": dashboard = "",
                ...others
            } = exampleFiles();

            assert.deepEqual(
                await applied({
                    ...others,
                    "presets/critical.yaml": preset.replace("name: critical", "name: Critical"),
                    "dashboards/overview.json": dashboard.replace('"critical"', '"Critical"'),
                }),
                each("0 created, 0 changed, 1 unchanged, 0 deleted", {
                    presets: renamed,
                    dashboards: "0 created, 1 changed, 0 unchanged, 0 deleted",
                }),
            );
        });

        async function assertUnchanged(
            faults: Readonly<Record<string, string>>,
            reported: readonly string[],
            end: string,
            more: Readonly<Record<string, string>> = {},
            providers?: object,
        ): Promise<void> {
            const before = await read(await deploy());
            await assert.rejects(applied({ ...exampleFiles(), ...faults }, more, providers), ({ message }: Error) => {
                for (const text of reported) {
                    assert.ok(message.includes(text), `${text} is not in:\n${message}`);
                }
                // Before, Keep has logged why it skipped files.
                const report = message.slice(message.indexOf(reported[0] ?? ""));
                assert.ok(report.includes(end) && !/Traceback|hunter2/.test(report), message);
                return true;
            });
            assert.deepEqual(await read(await deploy()), before);
        }

        it("is not changed with an invalid expression in any file, not even by Keep itself", async () => {
            const trigger =
                "workflow: {id: e, steps: [{name: a, provider: {type: console, with: {}}}], triggers: [{type: alert, cel: 'x =='}]}";
            await assertUnchanged(
                {
                    "workflows/e.yaml": trigger,
                    "workflows/g.yaml": "workflow: {id: g, actions: [{name: a, provider: {type: konsole}}]}",
                    "workflows/h.yaml":
                        "workflow: {id: h, actions: [{name: a, provider: {type: console, with: {message: '{{#a}} keep.no()'}}}], on-failure: {provider: {type: slak}}}",
                    "mappings/f.yaml": "name: f\nmatchers: [[service]]\nrows: [{service: api}, {service: '[z-a]'}]\n",
                    "deduplications/i.yaml": "name: i\nprovider_type: promethus\nfingerprint_fields: [name]\n",
                    "extractions/a.yaml": "name: a\nattribute: host\nregex: (?P<x>[z-a])\n",
                    "extractions/b.yaml": "name: b\nattribute: host\nregex: (?P<x>a{99999999999})\n",
                    "maintenance/d.yaml": `name: d\ncel_query: "x =="\nstart_time: 2026-01-01T00:00:00Z\nduration_seconds: 1\n`,
                    "presets/j.yaml": "name: j\noptions: [{label: CEL, value: name == (alias)}]\n",
                },
                [
                    "workflows/e.yaml: e: triggers.0.cel is not valid CEL: x ==",
                    "workflows/g.yaml: g: actions.0.provider.type is not a provider of Keep: konsole",
                    "workflows/h.yaml: h: actions.0.provider.with.message is not a valid template: {{#a}} keep.no()",
                    "workflows/h.yaml: h: actions.0.provider.with.message has a function that Keep does not have: keep.no",
                    "workflows/h.yaml: h: on-failure.provider.type is not a provider of Keep: slak",
                    "mappings/f.yaml: f: rows.1.service is not a valid regular expression of Python: [z-a]\nbad character range",
                    "deduplications/i.yaml: i: provider_type is not a provider of Keep: promethus",
                    "extractions/a.yaml: a: regex is not a valid regular expression of Python: (?P<x>[z-a])\nbad character range",
                    "extractions/b.yaml: b: regex is not a valid regular expression of Python: (?P<x>a{99999999999})\n",
                    "maintenance/d.yaml: d: cel_query is not valid CEL: x ==",
                    "presets/j.yaml: j: CEL is an expression that Keep cannot convert here: name == (alias)\n",
                ],
                UNCHANGED.before,
            );
        });

        it("is not changed with a workflow that Keep cannot start", async () => {
            const workflow = (fields: string) =>
                `workflow: {id: e, steps: [{name: a, provider: {type: console, with: {}}}], ${fields}}`;
            await assertUnchanged(
                {},
                [
                    "workflows/e.yaml: e: Keep cannot read the workflow: ValueError: Invalid interval format: 10s",
                    "workflows/f.yaml: e: triggers.0.filters cannot be converted to CEL: Unsupported regex: a[b-c]+",
                    "workflows/g.yaml: e: triggers.0.filters is not valid CEL: a b == ",
                ],
                UNCHANGED.before,
                // What the program rejects.
                {
                    "workflows/e.yaml": workflow("interval: 10s"),
                    "workflows/f.yaml": workflow(
                        `triggers: [{type: alert, filters: [{key: name, value: 'r"a[b-c]+"'}]}]`,
                    ),
                    "workflows/g.yaml": workflow("triggers: [{type: alert, filters: [{key: a b, value: c}]}]"),
                },
            );
        });

        it("is not changed with providers that Keep would leave out, whose credentials no message contains", async () => {
            const token = "hunter2";
            await assertUnchanged(
                {},
                [
                    "keep:providers: a: has a type that is not a provider of Keep\n",
                    "keep:providers: b: has an authentication that Keep cannot use: GrafanaProviderAuthConfig.__init__() missing 1 required positional argument: 'host'\n",
                    "keep:providers: c: has an authentication that Keep cannot use: url\nNothing",
                ],
                UNCHANGED.before,
                {},
                {
                    a: { type: "promethus", authentication: { token } },
                    b: { type: "grafana", authentication: { token } },
                    c: { type: "prometheus", authentication: { url: token } },
                    d: { type: "mock" },
                },
            );
        });

        it("is not changed without the provider of a rule, or with a file that Keep has skipped", async () => {
            await assertUnchanged(
                { "deduplications/c.yaml": "name: c\nprovider: none\nfingerprint_fields: [name]\n" },
                ["mappings/f.yaml: ", "deduplications/c.yaml: c: provider none is not connected"],
                UNCHANGED.after,
                // What the program rejects, and Keep skips.
                {
                    "mappings/f.yaml": "name: f\nmatchers: [[service]]\ntype: json\n",
                },
            );
        });

        it("is deleted when its files are", async () => {
            assert.deepEqual(await applied({}), each("0 created, 0 changed, 0 unchanged, 1 deleted"));
            assert.deepEqual(await read(await deploy()), { workflows: 0, mappings: 0 });
        });
    });
}

const APPLIED = ["dashboards", "extractions", "correlations", "deduplications", "maintenance", "presets"] as const;

/** How many workflows and mappings of files the database has. */
async function read(release: Deployed<unknown>): Promise<unknown> {
    const count = (table: string) => `rows("select count(*) from ${table}")[0][0]`;
    return queried(
        release,
        `{"workflows": ${count("workflow where provisioned and not is_deleted")}, "mappings": ${count("mappingrule where is_provisioned")}}`,
    );
}
