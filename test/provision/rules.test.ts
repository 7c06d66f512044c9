import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const EXTRACTION = "name: host\nattribute: host\nregex: (?P<host>.*)\n";
const ONE_CONDITION =
    "must have each condition in brackets if create_on is all, such as (service == 'a') || (service == 'b'), because Keep takes others for one condition.";
const STEP = "steps: [{name: a, provider: {type: console, with: {}}}]";

const FAULTS: Readonly<Record<string, readonly [Kind, Readonly<Record<string, string>>, ...string[]]>> = {
    "a name that a ConfigMap cannot hold": [
        "workflows",
        { "my flow.yaml": `workflow: {id: a, ${STEP}}` },
        '("my flow.yaml") has a name that a ConfigMap cannot hold. Rename it with letters, digits, dashes, dots and underscores.',
    ],
    "an alias without its anchor": [
        "extractions",
        { "a.yaml": "name: host\nattribute: host\nregex: *foo\n" },
        '("a.yaml:1") is not valid YAML: Unresolved alias (the anchor must be set before the alias): foo. Correct the syntax.',
    ],
    "YAML that is none, with the line": [
        "workflows",
        { "a.yaml": "workflow:\n  id: a\n   name: b\n" },
        '("a.yaml:2") is not valid YAML: Nested mappings are not allowed in compact mappings. Correct the syntax.',
    ],
    "a field of another type, with its line": [
        "dashboards",
        { "a.json": '{\n"dashboard_name": "a",\n"dashboard_config": 1 }' },
        '("a.json:3") is invalid: dashboard_config must be an object.',
    ],
    "a dashboard with a layout of another form": [
        "dashboards",
        { "a.json": '{"dashboard_name":"a","dashboard_config":{"layout":{"lg":[]},"widget_data":[]}}' },
        '("a.json:1") is invalid: dashboard_config.layout must be a list, such as [{i: w-1, x: 0, y: 0, w: 8, h: 6}].',
    ],
    "JSON that ends too early": [
        "dashboards",
        { "a.json": '{\n"a":' },
        '("a.json:2") is not valid JSON: Flow map must end with a }. Correct the syntax.',
    ],
    "a workflow without its key": [
        "workflows",
        { "a.yaml": `id: a\n${STEP}` },
        '("a.yaml:1") is invalid: the content must have the top-level key workflow.',
    ],
    "a name that Keep reads as a boolean": [
        "workflows",
        { "a.yaml": `workflow: {id: a, name: no, ${STEP}}` },
        '("a.yaml:1") is invalid: workflow.name has a value without quotes, which YAML 1.1 and YAML 1.2 read differently. Put text in quotes; write other values as true, false, null or a decimal number.',
    ],
    "a workflow without id": [
        "workflows",
        { "a.yaml": `workflow: {name: a, ${STEP}}` },
        '("a.yaml:1") is invalid: workflow.id is required.',
    ],
    "a workflow that does nothing": [
        "workflows",
        { "a.yaml": "workflow: {id: a}" },
        '("a.yaml:1") is invalid: workflow must have steps or actions.',
    ],
    "a step without a provider": [
        "workflows",
        { "a.yaml": "workflow: {id: a, steps: [{name: b}]}" },
        '("a.yaml:1") is invalid: workflow.steps.0.provider is required.',
    ],
    "an action without the type of its provider": [
        "workflows",
        { "a.yaml": "workflow: {id: a, actions: [{name: b, provider: {}}]}" },
        '("a.yaml:1") is invalid: workflow.actions.0.provider.type is required.',
    ],
    "two workflows of one name": [
        "workflows",
        { "a.yaml": `workflow: {id: a, name: n, ${STEP}}`, "b.yaml": `workflow: {id: n, ${STEP}}` },
        `("b.yaml") has the same name as a.yaml: n. Rename one.`,
    ],
    "a mapping without name and matchers": [
        "mappings",
        { "a.yaml": "rows: [{a: b}]" },
        '("a.yaml:1") is invalid: name is required.',
        '("a.yaml:1") is invalid: matchers is required.',
    ],
    "a mapping without rows": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]]}" },
        '("a.yaml:1") is invalid: rows must not be empty, unless type is topology.',
    ],
    "a mapping of an unknown type": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]], type: json}" },
        '("a.yaml:1") is invalid: type must be one of csv, topology.',
    ],
    "a mapping of many levels without a property, with several groups": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b], [c]], is_multi_level: true, rows: [{b: c, c: d}]}" },
        '("a.yaml:1") is invalid: new_property_name is required if is_multi_level is true.',
        '("a.yaml:1") is invalid: matchers must have only one list if is_multi_level is true.',
    ],
    "a dashboard without its parts": [
        "dashboards",
        { "a.json": "{}" },
        '("a.json:1") is invalid: dashboard_name is required.',
        '("a.json:1") is invalid: dashboard_config is required.',
    ],
    "a field that no extraction rule has, and a regular expression without a group": [
        "extractions",
        { "a.yaml": "name: a\nattribute: host\nregex: (.*)\nconditon: x\n" },
        '("a.yaml:3") is invalid: regex must have a named group, such as (?P<service>\\w+).',
        '("a.yaml:1") is invalid: the content has unknown fields: conditon. Use only name, description, priority, attribute, condition, disabled, regex, pre.',
    ],
    "a correlation rule of other values than Keep's": [
        "correlations",
        { "a.yaml": "name: a\ndefinition_cel: x == 1\ntimeframe: 0\nresolve_on: later\nmulti_level: true\n" },
        '("a.yaml:3") is invalid: timeframe must be a whole number from 1 to 2147483647.',
        '("a.yaml:4") is invalid: resolve_on must be one of first_resolved, last_resolved, all_resolved, never.',
    ],
    "a correlation rule of many levels without a property": [
        "correlations",
        { "a.yaml": "name: a\ndefinition_cel: x == 1\ntimeframe: 60\nmulti_level: true\n" },
        '("a.yaml:1") is invalid: multi_level_property_name is required if multi_level is true.',
        '("a.yaml:1") is invalid: grouping_criteria must have exactly one field if multi_level is true, such as [customers].',
    ],
    "a correlation rule for all conditions, of which Keep sees one": [
        "correlations",
        {
            "a.yaml": "name: a\ndefinition_cel: x == 1 || x == 2\ntimeframe: 60\ncreate_on: all\n",
            "b.yaml": "name: b\ndefinition_cel: ((x == 1 || x == 2))\ntimeframe: 60\ncreate_on: all\n",
            "c.yaml": "name: c\ndefinition_cel: (x == 1) || (y == null)\ntimeframe: 60\ncreate_on: all\n",
        },
        ...["a", "b"].map((file) => `("${file}.yaml:2") is invalid: definition_cel ${ONE_CONDITION}`),
        "(\"c.yaml:2\") is invalid: definition_cel must not have null if create_on is all, because Keep then creates no incident. For a field that is set, write service.contains('').",
    ],
    "a maintenance window without a zone": [
        "maintenance",
        { "a.yaml": "name: a\ncel_query: x == 1\nduration_seconds: 60\nstart_time: 2026-12-24T22:00:00\n" },
        '("a.yaml:4") is invalid: start_time must be a time with a zone, such as 2026-12-24T22:00:00Z.',
    ],
    "a preset of Keep's name, without CEL": [
        "presets",
        { "a.yaml": "name: Feed\noptions: [{ label: SQL, value: { sql: x, params: {} } }]\n" },
        '("a.yaml:1") is invalid: name must not be feed or deleted, which are Keep\'s own presets.',
        '("a.yaml:2") is invalid: options must have exactly one option with the label CEL and a text as its value.',
    ],
    "two rules of one name": [
        "extractions",
        { "a.yaml": EXTRACTION, "b.yml": EXTRACTION },
        '("b.yml") has the same name as a.yaml: host. Rename one.',
    ],
    "an interval that Keep cannot read, a switch that it takes for off, and a description that is no text": [
        "workflows",
        {
            "a.yaml": `workflow:\n  id: a\n  disabled: 1\n  description: [b]\n  triggers: [{type: interval, value: 10s}]\n  ${STEP}\n`,
            "b.yaml": `workflow: {id: b, interval: 100000d, ${STEP}}`,
        },
        '("a.yaml:4") is invalid: workflow.description must be text.',
        '("a.yaml:3") is invalid: workflow.disabled must be true or false.',
        '("a.yaml:5") is invalid: workflow.triggers.0.value must be seconds, or a text such as 10m, 2h or 1d.',
        '("b.yaml:1") is invalid: workflow.interval must be seconds, or a text such as 10m, 2h or 1d.',
    ],
    "an empty workflow beside one under the old key, of which Keep reads the first": [
        "workflows",
        { "a.yaml": `workflow:\nalert: {id: a, ${STEP}}` },
        '("a.yaml:1") is invalid: workflow must be an object.',
    ],
    "a field of a mapping that Keep ignores": [
        "mappings",
        { "a.yaml": "{name: a, matchers: [[b]], rows: [{b: c}], disabled: true}" },
        '("a.yaml:1") is invalid: the content has unknown fields: disabled. Use only name, description, file_name, priority, type, is_multi_level, new_property_name, prefix_to_remove, matchers, rows.',
    ],
    "the faults of several files at once": [
        "dashboards",
        { "a.json": "[]", "b.json": "{" },
        '("a.json:1") is invalid: the content must be an object.',
        '("b.json:1") is not valid JSON: Flow map must end with a }. Correct the syntax.',
    ],
};

const FINE: Readonly<Record<string, readonly [Kind, ...string[]]>> = {
    "a workflow under the old key": ["workflows", `alert: {id: a, ${STEP}}`],
    "an action that is used by its name": ["workflows", "workflow: {id: a, actions: [{use: b}]}"],
    "fields that only Keep knows": [
        "workflows",
        `workflow: {id: a, triggers: [{type: alert, cel: x}], owners: [b], ${STEP}}`,
    ],
    "names that differ in case, which this database distinguishes": [
        "workflows",
        `workflow: {id: a, name: B, ${STEP}}`,
        `workflow: {id: b, ${STEP}}`,
    ],
    "intervals in all of Keep's forms": [
        "workflows",
        `workflow: {id: a, interval: 600, triggers: [{type: interval, value: 10m}, {type: interval, value: "600"}], ${STEP}}`,
    ],
    "no file, which deletes what files created": ["presets"],
    "rules for all conditions in brackets, in one condition, and for any": [
        "correlations",
        ...["(x == 1)||(x == 2)", "|\n  (x == 1)\n  || (x == 2)", "x == 1 && (y == 2 || y == null)"].map(
            (cel, index) => `name: n${index}\ncreate_on: all\ntimeframe: 60\ndefinition_cel: ${cel}\n`,
        ),
        "name: any\ntimeframe: 60\ndefinition_cel: x == 1 || x == 2\n",
    ],
    "a mapping of the topology": ["mappings", "{name: a, matchers: [[service]], type: topology}"],
};

describe("what is provisioned from files", () => {
    for (const [what, [kind, files, ...messages]] of Object.entries(FAULTS)) {
        it(`is refused: ${what}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, files), messages);
        });
    }
    for (const [what, [kind, ...texts]] of Object.entries(FINE)) {
        it(`may be ${what}`, async () => {
            assert.deepEqual(
                await problemsOfFiles(kind, Object.fromEntries(texts.map((text, index) => [`${index}.yaml`, text]))),
                [],
            );
        });
    }
});
