import assert from "node:assert/strict";

import { problemsOfFiles } from "./problems";

const HIDES = "or Keep does not show the alert";
const SEVERITIES = "one of critical, high, warning, info, low, because Keep takes others for info";
const STATUSES =
    "one of firing, resolved, acknowledged, suppressed, pending, maintenance, because Keep takes others for firing";
const PAGE = `a URL, such as https://wiki.example.com/checkout, ${HIDES}`;
const OWN = "because it is Keep's name for the alert";

/** Columns whose values Keep does not take (keep/api/models/alert.py, AlertDto). */
const BAD_VALUES: Readonly<Record<string, readonly [what: string, ...values: readonly unknown[]]>> = {
    url: [
        PAGE,
        "/wiki/checkout",
        "-",
        "see wiki",
        "#channel",
        "http",
        "ftp://a/b",
        "localhost:99999",
        "user@host/x",
        1,
    ],
    imageUrl: [`a URL, such as https://example.com/logo.png, ${HIDES}`, "logo.png", "TBD", "https://a/b c", ""],
    severity: [SEVERITIES, "Critical", "medium", "P1", "", "3", 5, true],
    status: [STATUSES, "live", "closed", "Resolved", "", 1],
    dismissed: ["true or false, because Keep takes others for false", "yes", "1"],
    source: [`a list of texts, ${HIDES}`, "cmdb"],
    labels: [`an object, ${HIDES}`, "a,b", ["a"]],
    lastReceived: [`a time, such as 2026-12-24T22:00:00Z, ${HIDES}`, "today", "10:00", 1],
    dismissUntil: [
        `forever, or a time such as 2026-12-24T22:00:00.000Z, ${HIDES}`,
        "2027-01-01",
        "2027-01-01T00:00:00Z",
    ],
    description_format: [`markdown or html, ${HIDES}`, "text"],
    isNoisy: [`true or false, ${HIDES}`, "maybe"],
    firingCounter: [`a whole number, ${HIDES}`, "many"],
    deleted: [`a list of times, ${HIDES}`, true],
    assignees: [`an object, ${HIDES}`, "anna"],
    note: [`text, ${HIDES}`, ["a"], { a: "b" }],
};

/** Columns that a mapping must not have. */
const BAD_COLUMNS: Readonly<Record<string, string>> = {
    id: OWN,
    fingerprint: "because Keep then loses other fields, or the alert",
    dict: "or Keep fails to list alerts",
};

/** Values that Keep takes. It trims text, and ignores null. */
const GOOD_VALUES: Readonly<Record<string, readonly unknown[]>> = {
    url: ["TBD", "n/a", "wiki.example.com/x y", "", " https://a_b:3000/{{x}}?y#z ", "10.0.0.1", "localhost:3000", null],
    imageUrl: ["https://user@münchen.de/a.png", "HTTP://[::1]:80/"],
    severity: ["critical", " high ", null],
    dismissed: ["True", true, ""],
    status: ["resolved", "maintenance"],
    source: [["cmdb"], []],
    labels: [{ team: "a" }, {}, ""],
    lastReceived: ["2026-12-24", "2026-12-24T22:00:00.5+01:00", "2026-12-24 22:00", "1767225600", ""],
    dismissUntil: ["forever", "2027-01-01T00:00:00.000Z"],
    description_format: ["markdown", "html"],
    isNoisy: ["Yes", false],
    firingCounter: ["5", 5],
    note: ["", 5, true],
    name: ["a", 1],
    team: ["a", 1, ["a"], { a: "b" }],
    status_page: ["closed"],
};

const WORDS = (name: string, example: string) =>
    `. Write only its values, such as (?P<${name}>${example}), or rename it, and add a mapping from it to ${name}`;
const SEVERITY = `must not have this group severity, which must be ${SEVERITIES}${WORDS("severity", "critical|high")}`;
const STATUS = `must not have this group status, which must be ${STATUSES}${WORDS("status", "firing|resolved")}`;
const not = (name: string, what: string) => `must not have this group ${name}, ${what}. Rename the group`;
const begin = (name: string, what: string, start: string) =>
    `must not have this group ${name}, which must be ${what}. Begin it with ${start}, or rename it`;
const ignored = (name: string, body: string, otherwise: string) =>
    `must not ignore the case of the group ${name}, ${otherwise}. Write the group as (?-i:(?P<${name}>${body}))`;
const always = (name: string, otherwise: string) =>
    `must have its group ${name} in each match, ${otherwise}. Make it required, or rename it`;

/** Expressions whose groups may have a value that Keep does not take. Keep's documentation has the first. */
const BAD_GROUPS: readonly (readonly [regex: string, message: string])[] = [
    [String.raw`(?P<severity>\w+):`, SEVERITY],
    ["(?P<severity>P[1-5])", SEVERITY],
    ["(?P<severity>critical|medium)", SEVERITY],
    ["(?i)(?P<severity>critical|high)", ignored("severity", "critical|high", "because Keep takes others for info")],
    ["(?i:(?P<status>firing))", ignored("status", "firing", "because Keep takes others for firing")],
    [String.raw`HTTP (?P<status>[45]\d{2})`, STATUS],
    ["(?P<status>UP|DOWN)", STATUS],
    [String.raw`(?:\[(?P<severity>high|low)\] )?db`, always("severity", "because Keep takes others for info")],
    [String.raw`(?:\[(?P<name>\w+)\] )?db`, always("name", HIDES)],
    ["db|(?P<name>a)", always("name", HIDES)],
    [String.raw`(?P<url>\S+)$`, begin("url", PAGE, "https?://")],
    ["runbook (?P<url>/.*)", begin("url", PAGE, "https?://")],
    ["(?P<labels>.*)", not("labels", `which must be an object, ${HIDES}`)],
    [
        String.raw`(?P<lastReceived>\d\d:\d\d)`,
        begin("lastReceived", `a time, such as 2026-12-24T22:00:00Z, ${HIDES}`, String.raw`\d{4}-`),
    ],
    [String.raw`(?P<id>\d+)`, not("id", OWN)],
    ["(?P<fingerprint>.*)", not("fingerprint", "because Keep then loses other fields, or the alert")],
];

const GOOD_GROUPS = [
    "(?P<severity>critical|warning)",
    String.raw`(?P<status>\b(?:firing|resolved)) after (?P<http_status>\d+)`,
    String.raw`(?P<name>[^(|]+)\)?`,
    String.raw`[(?] (?P<name>.*) \(?`,
    String.raw`(?:\[(?P<team>\w+)\] )?db|(?P<service>.*)`,
    String.raw`(?P<url>https?://\S+)`,
    String.raw`href="(?P<url>https?://[^"]+)"`,
    String.raw`(?P<imageUrl>\b(?:https?)://\S+)`,
    String.raw`\(?in (?P<status>firing|resolved)`,
    "(?i:status): (?P<status>firing|resolved)",
    "(?i)status: (?-i:(?P<status>firing|resolved))",
    String.raw`(?P<url>[\w.]+/\S*)`,
    "(?P<source>.*)",
    String.raw`at (?P<lastReceived>\d{4}-\d\d-\d\dT\S+)`,
    "(?i)(?P<isNoisy>true|false)",
    "(?i)is (?P<level>critical|high)",
];

type Content = Readonly<Record<string, unknown>>;

/** A mapping of a service with more columns. */
function mapping(row: Content, more: Content = {}): string {
    return JSON.stringify({ name: "a", matchers: [["service"]], rows: [{ service: "x", ...row }], ...more });
}

function extraction(regex: string, more: Content = {}): string {
    return JSON.stringify({ name: "a", attribute: "name", regex, ...more });
}

/** Files with names of their own. */
function numbered(texts: readonly string[]): Record<string, string> {
    return Object.fromEntries(
        texts.map((text, index) => [`${index}.yaml`, text.replace('"name":"a"', `"name":"${index}"`)]),
    );
}

describe("a field of alerts", () => {
    for (const [column, [what, ...values]] of Object.entries(BAD_VALUES)) {
        it(`is not set by a mapping to a value that Keep does not take: ${column}`, async () => {
            const found = values.map((value) =>
                problemsOfFiles("mappings", { "a.yaml": mapping({ [column]: value }) }),
            );
            const expected = `("a.yaml:1") is invalid: rows.0.${column} must be ${what}. Correct the value, or rename the column.`;
            assert.deepEqual(await Promise.all(found), Array(values.length).fill([expected]));
        });
    }

    for (const [column, why] of Object.entries(BAD_COLUMNS)) {
        it(`is not set by a mapping at all: ${column}`, async () => {
            assert.deepEqual(await problemsOfFiles("mappings", { "a.yaml": mapping({ [column]: 42 }) }), [
                `("a.yaml:1") is invalid: rows.0.${column} must not be set, ${why}. Rename the column.`,
            ]);
        });
    }

    it("has a name", async () => {
        assert.deepEqual(await problemsOfFiles("mappings", { "a.yaml": mapping({ " ": "0" }) }), [
            '("a.yaml:1") is invalid: rows must not have a column without a name, or Keep leaves the alert out of correlations. Name it, or remove it.',
        ]);
    });

    it("may be set by a mapping to values that Keep takes, and matched by any", async () => {
        const rows = Object.entries(GOOD_VALUES).flatMap(([column, values]) =>
            values.map((value) => ({ [column]: value })),
        );
        const matched = { matchers: [["severity"], ["source"]], rows: [{ severity: "h", source: "b" }] };
        const files = numbered([...rows.map((row) => mapping(row)), mapping({}, matched)]);
        assert.deepEqual(await problemsOfFiles("mappings", files), []);
    });

    for (const [regex, message] of BAD_GROUPS) {
        it(`is not set by a group to a value that Keep does not take: ${regex}`, async () => {
            assert.deepEqual(await problemsOfFiles("extractions", { "a.yaml": extraction(regex) }), [
                `("a.yaml:1") is invalid: regex ${message}.`,
            ]);
        });
    }

    it("may be set by a group to values that Keep takes, and before the provider reads the alert", async () => {
        const texts = [...GOOD_GROUPS.map((regex) => extraction(regex)), extraction("(?P<severity>P.)", { pre: true })];
        assert.deepEqual(await problemsOfFiles("extractions", numbered(texts)), []);
    });

    it("has several values, if a mapping of many levels reads or sets it", async () => {
        const levels = { is_multi_level: true, new_property_name: "info", matchers: [["customers"]] };
        const row = { customers: "x", labels: "y", tier: null };
        const found = problemsOfFiles("mappings", {
            "a.yaml": mapping({ tier: 1 }, levels),
            "b.yaml": mapping({}, { ...levels, name: "b", matchers: [["service"]], rows: [{ service: "x" }] }),
            "c.yaml": mapping({}, { ...levels, name: "c", new_property_name: "service", rows: [row] }),
            "d.yaml": mapping({}, { ...levels, name: "d", rows: [row] }),
            "e.yaml": mapping(
                {},
                { ...levels, name: "e", matchers: [["labels"]], rows: [row], new_property_name: "labels" },
            ),
        });
        assert.deepEqual(await found, [
            '("a.yaml:1") is invalid: rows must have text in all columns if is_multi_level is true. Put numbers in quotes.',
            '("b.yaml:1") is invalid: matchers must name a field with a list if is_multi_level is true, such as customers. Name another, or remove is_multi_level.',
            '("c.yaml:1") is invalid: new_property_name must not be a field of Keep\'s alerts, because Keep sets an object. Use another name, such as customers_info.',
        ]);
    });
});
