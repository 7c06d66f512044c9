import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { minimal } from "../support/config";
import { problems } from "../support/refusals";

type Kind = "workflows" | "mappings" | "dashboards";

// Paths of a stack are relative to the project.
const ROOT = path.relative(process.cwd(), mkdtempSync(path.join(process.cwd(), "test", "provision-")));
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
    "YAML that is none, with the line": [
        "workflows",
        { "a.yaml": "workflow:\n  id: a\n   name: b\n" },
        '("a.yaml:3") cannot be read: bad indentation of a mapping entry. Mend it.',
    ],
    "JSON that is none, with the line": [
        "dashboards",
        { "a.json": '{\n"dashboard_name": "a",\n"dashboard_config": oops }' },
        "(\"a.json:3\") cannot be read: Unexpected token 'o'. Mend it.",
    ],
    "JSON that ends too early": [
        "dashboards",
        { "a.json": '{\n"a":' },
        '("a.json:2") cannot be read: Unexpected end of JSON input. Mend it.',
    ],
    "a workflow without its key": [
        "workflows",
        { "a.yaml": `id: a\n${STEP}` },
        '("a.yaml") has no top-level key workflow. Mend it.',
    ],
    "a workflow without id": [
        "workflows",
        { "a.yaml": `workflow: {name: a, ${STEP}}` },
        '("a.yaml") is not as Keep reads it: workflow.id is missing, or no text. Mend it.',
    ],
    "a workflow that does nothing": [
        "workflows",
        { "a.yaml": "workflow: {id: a}" },
        '("a.yaml") is not as Keep reads it: workflow has neither steps nor actions, and so would do nothing. Mend it.',
    ],
    "a step without a provider": [
        "workflows",
        { "a.yaml": "workflow: {id: a, steps: [{name: b}]}" },
        '("a.yaml") is not as Keep reads it: workflow.steps.0.provider is missing. Name one, such as {type: console}. Mend it.',
    ],
    "an action without the type of its provider": [
        "workflows",
        { "a.yaml": "workflow: {id: a, actions: [{name: b, provider: {}}]}" },
        '("a.yaml") is not as Keep reads it: workflow.actions.0.provider.type is missing, or no text. Mend it.',
    ],
    "two workflows of one name": [
        "workflows",
        { "a.yaml": `workflow: {id: a, name: n, ${STEP}}`, "b.yaml": `workflow: {id: n, ${STEP}}` },
        `("b.yaml") has the same name as a.yaml (n), and would overwrite it. Rename one.`,
    ],
    "a mapping without name and matchers": [
        "mappings",
        { "a.yaml": "rows: [{a: b}]" },
        '("a.yaml") is not as Keep reads it: name is missing, or no text. Mend it.',
        '("a.yaml") is not as Keep reads it: matchers is missing, or no list of lists, such as [[service]]. Mend it.',
    ],
    "a mapping without rows": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]]}" },
        '("a.yaml") is not as Keep reads it: rows is missing or empty, which only a mapping of type topology may be. Mend it.',
    ],
    "a mapping of an unknown type": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]], type: json}" },
        '("a.yaml") is not as Keep reads it: type is neither csv nor topology. Mend it.',
    ],
    "a mapping of many levels without a property, with several groups": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b], [c]], is_multi_level: true, rows: [{b: c}]}" },
        '("a.yaml") is not as Keep reads it: new_property_name is missing, which is_multi_level needs. Mend it.',
        '("a.yaml") is not as Keep reads it: matchers has more than one group, which is_multi_level forbids. Mend it.',
    ],
    "a dashboard without its parts": [
        "dashboards",
        { "a.json": "{}" },
        '("a.json") is not as Keep reads it: dashboard_name is missing, or no text. Mend it.',
        '("a.json") is not as Keep reads it: dashboard_config is missing, or no object. Mend it.',
    ],
    "the faults of several files at once": [
        "dashboards",
        { "a.json": "[]", "b.json": "{" },
        '("a.json") is not an object. Mend it.',
        "(\"b.json:1\") cannot be read: Expected property name or '}'. Mend it.",
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

    it("is refused when it is too large to reach Keep", async () => {
        const large = (kind: Kind, size: number, text: (filling: string) => string) =>
            said(kind, { [kind === "dashboards" ? "a.json" : "a.yaml"]: text("x".repeat(size)) });
        const dashboard = (filling: string) => JSON.stringify({ dashboard_name: filling, dashboard_config: {} });
        const workflow = (filling: string) => `workflow: {id: a, description: ${filling}, ${STEP}}`;

        assert.match(
            (await large("dashboards", 128 * 1024, dashboard)).join(),
            /holds 129 KiB, and no more than 127 reach/,
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
