import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Kind } from "../../components/provision/kinds";
import { minimal } from "../support/config";
import { problems } from "../support/refusals";

// Paths of a stack are relative to the project.
const ROOT = path.relative(process.cwd(), mkdtempSync(path.join(process.cwd(), "test", "provision-")));
const EXTRACTION = "name: host\nattribute: host\nregex: (?P<host>.*)\n";
const STEP = "steps: [{name: a, provider: {type: console}}]";

after(() => {
    rmSync(ROOT, { recursive: true });
});

/** What is said of some files of one kind, with the directory taken off. */
async function said(kind: Kind, files: Readonly<Record<string, string>>): Promise<string[]> {
    const directory = mkdtempSync(path.join(ROOT, "d"));
    for (const [name, text] of Object.entries(files)) {
        writeFileSync(path.join(directory, name), text);
    }
    const found = await problems(minimal({ provision: { [kind]: directory } }));
    return found.map((message) => message.replaceAll(`keep:provision.${kind} `, "").replaceAll(`${directory}/`, ""));
}

const FAULTS: Readonly<Record<string, readonly [Kind, Readonly<Record<string, string>>, ...string[]]>> = {
    "a name that a ConfigMap cannot hold": [
        "workflows",
        { "my flow.yaml": `workflow: {id: a, ${STEP}}` },
        '("my flow.yaml") has a name that a ConfigMap cannot hold. Rename it with letters, digits, dashes, dots and underscores.',
    ],
    "an alias without its anchor": [
        "extractions",
        { "a.yaml": "name: host\nattribute: host\nregex: *foo\n" },
        '("a.yaml:1") cannot be read: Unresolved alias (the anchor must be set before the alias): foo. Correct it.',
    ],
    "YAML that is none, with the line": [
        "workflows",
        { "a.yaml": "workflow:\n  id: a\n   name: b\n" },
        '("a.yaml:2") cannot be read: Nested mappings are not allowed in compact mappings. Correct it.',
    ],
    "a field of another type, with its line": [
        "dashboards",
        { "a.json": '{\n"dashboard_name": "a",\n"dashboard_config": 1 }' },
        '("a.json:3") is not as Keep reads it: dashboard_config is missing, or no object. Correct it.',
    ],
    "JSON that ends too early": [
        "dashboards",
        { "a.json": '{\n"a":' },
        '("a.json:2") cannot be read: Flow map must end with a }. Correct it.',
    ],
    "a workflow without its key": [
        "workflows",
        { "a.yaml": `id: a\n${STEP}` },
        '("a.yaml:1") has no top-level key workflow. Correct it.',
    ],
    "a workflow without id": [
        "workflows",
        { "a.yaml": `workflow: {name: a, ${STEP}}` },
        '("a.yaml:1") is not as Keep reads it: workflow.id is missing, or no text. Correct it.',
    ],
    "a workflow that does nothing": [
        "workflows",
        { "a.yaml": "workflow: {id: a}" },
        '("a.yaml:1") is not as Keep reads it: workflow has neither steps nor actions, and so would do nothing. Correct it.',
    ],
    "a step without a provider": [
        "workflows",
        { "a.yaml": "workflow: {id: a, steps: [{name: b}]}" },
        '("a.yaml:1") is not as Keep reads it: workflow.steps.0.provider is missing. Name one, such as {type: console}. Correct it.',
    ],
    "an action without the type of its provider": [
        "workflows",
        { "a.yaml": "workflow: {id: a, actions: [{name: b, provider: {}}]}" },
        '("a.yaml:1") is not as Keep reads it: workflow.actions.0.provider.type is missing, or no text. Correct it.',
    ],
    "two workflows of one name": [
        "workflows",
        { "a.yaml": `workflow: {id: a, name: n, ${STEP}}`, "b.yaml": `workflow: {id: n, ${STEP}}` },
        `("b.yaml") has the same name as a.yaml (n), and would overwrite it. Rename one.`,
    ],
    "a mapping without name and matchers": [
        "mappings",
        { "a.yaml": "rows: [{a: b}]" },
        '("a.yaml:1") is not as Keep reads it: name is missing, or no text. Correct it.',
        '("a.yaml:1") is not as Keep reads it: matchers is missing, or no list of lists, such as [[service]]. Correct it.',
    ],
    "a mapping without rows": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]]}" },
        '("a.yaml:1") is not as Keep reads it: rows is missing or empty, which only a mapping of type topology may be. Correct it.',
    ],
    "a mapping of an unknown type": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]], type: json}" },
        '("a.yaml:1") is not as Keep reads it: type is neither csv nor topology. Correct it.',
    ],
    "a mapping of many levels without a property, with several groups": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b], [c]], is_multi_level: true, rows: [{b: c}]}" },
        '("a.yaml:1") is not as Keep reads it: new_property_name is missing, which is_multi_level needs. Correct it.',
        '("a.yaml:1") is not as Keep reads it: matchers has more than one group, which is_multi_level forbids. Correct it.',
    ],
    "a dashboard without its parts": [
        "dashboards",
        { "a.json": "{}" },
        '("a.json:1") is not as Keep reads it: dashboard_name is missing, or no text. Correct it.',
        '("a.json:1") is not as Keep reads it: dashboard_config is missing, or no object. Correct it.',
    ],
    "a field that no extraction rule has, and a regular expression without a group": [
        "extractions",
        { "a.yaml": "name: a\nattribute: host\nregex: (.*)\nconditon: x\n" },
        '("a.yaml:3") is not as Keep reads it: regex has no named group, such as (?P<service>\\w+), and so extracts nothing. Correct it.',
        '("a.yaml:1") has unknown fields: conditon. The fields are name, description, priority, attribute, condition, disabled, regex, pre. Correct it.',
    ],
    "a correlation rule of other values than Keep's": [
        "correlations",
        { "a.yaml": "name: a\ndefinition_cel: x == 1\ntimeframe: 0\nresolve_on: later\nmulti_level: true\n" },
        '("a.yaml:3") is not as Keep reads it: timeframe is less than 1. Correct it.',
        '("a.yaml:4") is not as Keep reads it: resolve_on is not one of first_resolved, last_resolved, all_resolved, never. Correct it.',
    ],
    "a correlation rule of many levels without a property": [
        "correlations",
        { "a.yaml": "name: a\ndefinition_cel: x == 1\ntimeframe: 60\nmulti_level: true\n" },
        '("a.yaml:1") is not as Keep reads it: multi_level_property_name is missing, which multi_level needs. Correct it.',
    ],
    "a deduplication rule of two providers": [
        "deduplications",
        { "a.yaml": "name: a\nprovider: mine\nprovider_type: grafana\n" },
        '("a.yaml:2") is not as Keep reads it: provider is needed, the name of a connected provider, or provider_type for alerts of a type without one; and not both. Correct it.',
    ],
    "a maintenance window without a zone": [
        "maintenance",
        { "a.yaml": "name: a\ncel_query: x == 1\nduration_seconds: 60\nstart_time: 2026-12-24T22:00:00\n" },
        '("a.yaml:4") is not as Keep reads it: start_time is not a time with its zone, such as 2026-12-24T22:00:00Z. Correct it.',
    ],
    "a preset of Keep's name, without CEL": [
        "presets",
        { "a.yaml": "name: Feed\noptions: [{ label: SQL, value: {} }]\n" },
        '("a.yaml:1") is not as Keep reads it: name is one of Keep\'s own presets. Correct it.',
        '("a.yaml:2") is not as Keep reads it: options has not exactly one option with the label CEL and a text. Correct it.',
    ],
    "two rules of one name": [
        "extractions",
        { "a.yaml": EXTRACTION, "b.yml": EXTRACTION },
        '("b.yml") has the same name as a.yaml (host), and would overwrite it. Rename one.',
    ],
    "the faults of several files at once": [
        "dashboards",
        { "a.json": "[]", "b.json": "{" },
        '("a.json:1") is not an object. Correct it.',
        '("b.json:1") cannot be read: Flow map must end with a }. Correct it.',
    ],
};

const FINE: Readonly<Record<string, readonly [Kind, string]>> = {
    "a workflow under the old key": ["workflows", `alert: {id: a, ${STEP}}`],
    "an action that is used by its name": ["workflows", "workflow: {id: a, actions: [{use: b}]}"],
    "fields that only Keep knows": [
        "workflows",
        `workflow: {id: a, triggers: [{type: alert, cel: x}], owners: [b], ${STEP}}`,
    ],
    "a mapping of the topology": ["mappings", "{name: a, matchers: [[service]], type: topology}"],
};

describe("what is provisioned from files", () => {
    for (const [what, [kind, files, ...messages]] of Object.entries(FAULTS)) {
        it(`is refused: ${what}`, async () => {
            assert.deepEqual(await said(kind, files), messages);
        });
    }
    for (const [what, [kind, text]] of Object.entries(FINE)) {
        it(`may be ${what}`, async () => {
            assert.deepEqual(await said(kind, { "a.yaml": text }), []);
        });
    }

    it("is refused where its directory is not there", async () => {
        assert.deepEqual(await problems(minimal({ provision: { mappings: "no/such/place" } })), [
            'keep:provision.mappings ("no/such/place") does not exist or is not a directory. Create it, or remove the setting.',
        ]);
    });

    it("is refused where a link leads to no file", async () => {
        const directory = mkdtempSync(path.join(ROOT, "d"));
        symlinkSync("/no/such/file", path.join(directory, "a.yaml"));
        assert.deepEqual(await problems(minimal({ provision: { workflows: directory } })), [
            `keep:provision.workflows ("${directory}/a.yaml") is a link to a file that does not exist. Correct the link, or remove it.`,
        ]);
    });

    it("is refused when it is too large to reach Keep", async () => {
        const large = (kind: Kind, size: number, text: (filling: string) => string) =>
            said(kind, { [kind === "dashboards" ? "a.json" : "a.yaml"]: text("x".repeat(size)) });
        const dashboard = (filling: string) => JSON.stringify({ dashboard_name: filling, dashboard_config: {} });
        const workflow = (filling: string) => `workflow: {id: a, description: ${filling}, ${STEP}}`;

        assert.match(
            (await large("dashboards", 1024 * 1024, dashboard)).join(),
            /holds 1025 KiB, and no more than 1024/,
        );
        assert.match((await large("workflows", 1024 * 1024, workflow)).join(), /holds 1025 KiB, and no more than 1024/);
        assert.deepEqual(await large("workflows", 1023 * 1024, workflow), []);
    });

    it("may be beside files of other kinds, which nobody reads", async () => {
        const directory = mkdtempSync(path.join(ROOT, "d"));
        mkdirSync(path.join(directory, "more"));
        mkdirSync(path.join(directory, "folder.yaml"));
        writeFileSync(path.join(directory, "README.md"), "{");
        writeFileSync(path.join(directory, "a.yaml"), `workflow: {id: a, ${STEP}}`);

        assert.deepEqual(await problems(minimal({ provision: { workflows: directory } })), []);
    });

    it("is refused where no file of the right kind is there", async () => {
        for (const [kind, files] of [
            ["workflows", ".yaml or .yml"],
            ["mappings", ".yaml or .yml"],
            ["dashboards", ".json"],
        ] as const) {
            const [message = ""] = await said(kind, { "README.md": "" });

            assert.ok(message.endsWith(`has no ${files} file. Add one, or remove the setting.`), message);
        }
    });

    for (const directory of ["../../../etc", "provision/../../secrets", "..", "a/..", "/etc", ""]) {
        it(`is refused outside of the project, at "${directory}"`, async () => {
            const [message = ""] = await problems(minimal({ provision: { workflows: directory } }));

            assert.match(message, /is not a path inside this repository/);
        });
    }
});
