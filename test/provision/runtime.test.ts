import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const FILE = "a.yaml";
const FIELDS =
    "attribute must be a field of alerts, such as labels.host, or fields in braces, such as {{ labels.host }}";
const MATCHERS = "must be a list of lists, such as [[service]]";
const ROWS = "rows must have text in the columns of matchers. Put numbers in quotes";
const SQL =
    "options must have at most one option with the label SQL, with a value such as {sql: severity = 'critical', params: {}}";

const extraction = (attribute: string) => `{name: a, regex: "(?P<b>.)", attribute: ${JSON.stringify(attribute)}}`;
const preset = (...options: readonly object[]) =>
    JSON.stringify({ name: "a", options: [{ label: "CEL", value: "name == 'a'" }, ...options] });
const mapping = (row: object, more = "") =>
    `{name: a, matchers: [[service]], ${more}rows: [${JSON.stringify({ service: "a", team: "*" })}, ${JSON.stringify(row)}]}`;
const regex = (pattern: string) => JSON.stringify({ name: "a", attribute: "host", regex: pattern });
const workflow = (trigger: object) =>
    JSON.stringify({
        workflow: { id: "a", steps: [{ name: "a", provider: { type: "console", with: {} } }], triggers: [trigger] },
    });
const trigger = (cel: unknown) => workflow({ type: "alert", cel });
const incident = (events: unknown) => workflow({ type: "incident", events });
const maintenance = (cel: string) =>
    JSON.stringify({ name: "a", cel_query: cel, start_time: "2026-12-24T22:00:00Z", duration_seconds: 60 });
const MAINTENANCE =
    "cel_query must have severities in a list, such as severity in ['critical', 'high'], because Keep compares others with a number, which no alert has";
const PYTHON = "must be a regular expression of Python, but is";
const query = { sql: "severity = 'critical'", params: {} };

/** Content with which Keep would fail for each alert, which ends all rules after it (keep/api/bl/enrichments_bl.py). */
const REJECTED: readonly (readonly [kind: Kind, content: string, message: string])[] = [
    ...["{{ host", "{{#host}}", "{{ host }} {{", "#host", "a {{host}} b", "{{{host}}", "{{>host}}", "host}}"].map(
        (attribute) => ["extractions", extraction(attribute), FIELDS] as const,
    ),
    ["mappings", "{name: a, matchers: [], rows: [{b: c}]}", `matchers ${MATCHERS}`],
    ["mappings", "{name: a, matchers: [[]], rows: [{b: c}]}", `matchers.0 ${MATCHERS}`],
    ["mappings", "{name: a, matchers: [[b]], rows: [{b: 5}]}", ROWS],
    [
        "mappings",
        "{name: a, matchers: [[b, service], [servce]], rows: [{service: a}, {b: a}]}",
        'matchers contains "servce", which is a column of no row. Add it to rows, or correct its name',
    ],
    [
        "mappings",
        mapping({ service: "*" }),
        `rows.1.service ${PYTHON} *. It has * with nothing before to repeat. Write .* for any text`,
    ],
    [
        "mappings",
        mapping({ service: "api(" }),
        `rows.1.service ${PYTHON} api(. Close each (, or write \\( for the character`,
    ],
    [
        "extractions",
        regex("(?<host>a)"),
        `regex ${PYTHON} (?<host>a). Python has no (?<. Name a group as in (?P<name>...)`,
    ],
    ["workflows", trigger(5), "workflow.triggers.0.cel must be text"],
    ["workflows", incident(null), "workflow.triggers.0.events must be a list, such as [created, updated]"],
    [
        "workflows",
        workflow({ type: "alrt" }),
        "workflow.triggers.0.type must be one of interval, manual, alert, incident",
    ],
    ["workflows", workflow({ type: "interval" }), "workflow.triggers.0.value is required"],
    ["workflows", incident([1]), "workflow.triggers.0.events.0 must be one of created, updated, deleted"],
    ["maintenance", maintenance("severity == 'critical'"), MAINTENANCE],
    ["maintenance", maintenance("name == 'a' && labels.severity >= 'high'"), MAINTENANCE],
    ["presets", "{name: 'feed ', options: [{label: CEL, value: ''}]}", "name must not begin or end with a blank"],
    ["presets", preset({ label: "SQL", value: "severity = 'critical'" }), SQL],
    ["presets", preset({ label: "sql", value: {} }), SQL],
    ["presets", preset({ label: "SQL", value: query }, { label: "sql", value: query }), SQL],
];

const ACCEPTED: readonly (readonly [kind: Kind, content: string])[] = [
    ...["host", "labels.host", "{{ host }}", "{{host}}-{{ labels.a }}", "{{{ host }}}", "on {{host}}"].map(
        (attribute) => ["extractions", extraction(attribute)] as const,
    ),
    ["mappings", '{name: a, matchers: [[b]], rows: [{b: "5", c: 1}, {b: null}]}'],
    ["mappings", "{name: a, matchers: [[b], [c, ' d']], rows: [{b: a}, {c: a, d: a}]}"],
    [
        "mappings",
        mapping({ service: "*" }, "is_multi_level: true, new_property_name: b, ").replaceAll("service", "customers"),
    ],
    ["extractions", regex("(?P<größe>\\\\d+)")],
    ["workflows", trigger("severity == 'critical'")],
    ["workflows", incident(["created", "updated"])],
    ["workflows", workflow({ type: "manual" })],
    ["workflows", workflow({ type: "interval", value: "1h" })],
    ["presets", preset({ label: "SQL", value: query })],
    ["maintenance", maintenance("severity in ['critical', 'high']")],
    ["maintenance", maintenance("severity == 'critical' || name == 'a'")],
];

describe("a file of provisioning, as Keep reads it later", () => {
    for (const [kind, content, message] of REJECTED) {
        it(`is rejected: ${content}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, { [FILE]: content }), [
                `("${FILE}:1") is invalid: ${message}.`,
            ]);
        });
    }

    for (const [kind, content] of ACCEPTED) {
        it(`is accepted: ${content}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, { [FILE]: content }), []);
        });
    }

    const JSON_LIKE = {
        '{\n"a": [1,\n]}': 2,
        '{\n"a": 1,\n}': 3,
        '{"a": 1} # b': 1,
        "{'a': 1}": 1,
        '{"a": &b 1, "c": *b}': 1,
    };
    for (const [content, line] of Object.entries(JSON_LIKE)) {
        it(`is rejected as JSON: ${content}`, async () => {
            assert.deepEqual(await problemsOfFiles("dashboards", { "a.json": content }), [
                `("a.json:${line}") is not valid JSON: it has a comment, single quotes, a comma before } or ], or something else that JSON does not have. Correct the syntax.`,
            ]);
        });
    }
});
