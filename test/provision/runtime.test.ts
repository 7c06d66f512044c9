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
const query = { sql: "severity = 'critical'", params: {} };

/** Content with which Keep would fail for each alert, which ends all rules after it (keep/api/bl/enrichments_bl.py). */
const REJECTED: readonly (readonly [kind: Kind, content: string, message: string])[] = [
    ...["{{ host", "{{#host}}", "{{ host }} {{", "#host", "a {{host}} b", "{{{host}}", "{{>host}}", "host}}"].map(
        (attribute) => ["extractions", extraction(attribute), FIELDS] as const,
    ),
    ["mappings", "{name: a, matchers: [], rows: [{b: c}]}", `matchers ${MATCHERS}`],
    ["mappings", "{name: a, matchers: [[]], rows: [{b: c}]}", `matchers.0 ${MATCHERS}`],
    ["mappings", "{name: a, matchers: [[b]], rows: [{b: 5}]}", ROWS],
    ["presets", preset({ label: "SQL", value: "severity = 'critical'" }), SQL],
    ["presets", preset({ label: "sql", value: {} }), SQL],
    ["presets", preset({ label: "SQL", value: query }, { label: "sql", value: query }), SQL],
];

const ACCEPTED: readonly (readonly [kind: Kind, content: string])[] = [
    ...["host", "labels.host", "{{ host }}", "{{host}}-{{ labels.a }}", "{{{ host }}}", "on {{host}}"].map(
        (attribute) => ["extractions", extraction(attribute)] as const,
    ),
    ["mappings", '{name: a, matchers: [[b]], rows: [{b: "5", c: 1}, {b: null}]}'],
    ["presets", preset({ label: "SQL", value: query })],
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
});
