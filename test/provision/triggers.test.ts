import { type Content, itValidates, workflow } from "./workflowCases";

const trigger = (content: Content) => workflow({ triggers: [content] });
const alert = (content: Content) => trigger({ type: "alert", ...content });
const filters = (...list: readonly unknown[]) => alert({ filters: list });
const filter = (key: unknown, value: unknown, more: Content = {}) => filters({ key, value, ...more });

const FILTERS = "workflow.triggers.0.filters";
const REGEX = (value: string, example = "name.matches('^a[0-9]+$')") =>
    `${FILTERS}.0.value must be a regular expression that Keep converts, such as r"a|b", r"a.*", r".*a.*", r"^$" or r".*", but is ${value}. Write another one as cel, such as ${example}`;
const PLAIN = (key = "name") =>
    `${FILTERS}.0.value must not have a double quote, a line end or a single backslash. Write it as cel, such as ${key}.contains('"')`;
const SEVERITIES = "critical, high, warning, info, low";

/** Workflows that Keep stores without an error. It then never starts them, or they fail each time. */
const REJECTED: readonly (readonly [content: Content, message: string])[] = [
    // keep/workflowmanager/workflowmanager.py, _convert_filters_to_cel
    [filters(), `${FILTERS} must not be empty. For all alerts, remove filters`],
    [alert({ filters: null }), `${FILTERS} must be a list, such as [{key: source, value: prometheus}]`],
    [
        alert({ filters: { key: "a", value: "b" } }),
        `${FILTERS} must be a list, such as [{key: source, value: prometheus}]`,
    ],
    [filters("source"), `${FILTERS}.0 must be an object, such as {key: source, value: prometheus}`],
    [filters({ value: "a" }), `${FILTERS}.0.key is required`],
    [filters({ key: "name" }), `${FILTERS}.0.value is required`],
    [filter("name", ""), `${FILTERS}.0.value must not be empty. Write r"^$" for alerts in which the field is empty`],
    [
        filter("firingCounter", 5),
        `${FILTERS}.0.value must be text. Compare other values in cel, such as dismissed == true`,
    ],
    [
        filter("dismissed", true),
        `${FILTERS}.0.value must be text. Compare other values in cel, such as dismissed == true`,
    ],
    [
        filter("dismissed", "true"),
        `${FILTERS}.0.value must be written as cel, such as dismissed == true, because dismissed is no text`,
    ],
    [filter("name", ["a"]), `${FILTERS}.0.value must be text. Compare other values in cel, such as dismissed == true`],
    [filter(["name"], "a"), `${FILTERS}.0.key must be text`],
    [filter("name", "a", { exclude: "false" }), `${FILTERS}.0.exclude must be true or false`],
    [filter("alert.source", "a"), `${FILTERS}.0.key must not begin with alert. Write the field alone, such as source`],
    [filter("labels.a-b", "c"), `${FILTERS}.0.key must be a field of alerts, such as source or labels['app-name']`],
    ...[
        'r"payments"',
        'r"[a-z]+"',
        'r"a[^b]"',
        'r"^(a|b)$"',
        'r"a-.*|b"',
        'r".*a"',
        'r".*[0-9].*"',
        'r"a',
        "r'a|b'",
        'r""',
    ].map((value) => [filter("name", value), REGEX(value)] as const),
    [filter("source", 'r"graf[a-z]+"'), REGEX('r"graf[a-z]+"', "source.exists(s, s.matches('^a[0-9]+$'))")],
    [
        filter("source", 'r"^$"', { exclude: true }),
        `${FILTERS}.0.value must not be r"^$", because source is a list. Write it as cel, such as size(source) > 0`,
    ],
    ...['a"b', "a\\d", "a\nb"].map((value) => [filter("name", value), PLAIN()] as const),
    [
        filter("name", 'r".*"', { exclude: true }),
        `${FILTERS}.0.value must not be r".*" with exclude, which Keep ignores there. Write it as cel, such as !has(name)`,
    ],
    [filter("severity", "error"), `${FILTERS}.0.value must be one of ${SEVERITIES}, but is error`],
    [filter("severity", 'r"critical|error"'), `${FILTERS}.0.value must be one of ${SEVERITIES}, but is error`],
    [filter("severity", 'r"crit.*"'), `${FILTERS}.0.value must be one of ${SEVERITIES}, but is crit`],
    [
        filter("status", "open"),
        `${FILTERS}.0.value must be one of firing, resolved, acknowledged, suppressed, pending, maintenance, but is open`,
    ],
    [
        filter("labels.severity", "critical"),
        `${FILTERS}.0.value must be that of the key labels['severity'], because Keep makes the text after .severity a number`,
    ],
    // keep/workflowmanager/workflowmanager.py, insert_events
    [alert({ cel: null }), "workflow.triggers.0.cel must not be empty. For all alerts, remove cel"],
    [alert({ cel: " " }), "workflow.triggers.0.cel must not be empty. For all alerts, remove cel"],
    [
        alert({ cel: "a == b", filters: [{ key: "a", value: "b" }] }),
        "workflow.triggers.0.cel is ignored by Keep beside filters. Write all conditions as cel, and remove filters",
    ],
    [
        alert({ only_on_change: "status" }),
        "workflow.triggers.0.only_on_change must be a list of fields of alerts, such as [status]",
    ],
    [alert({ severity_changed: "yes" }), "workflow.triggers.0.severity_changed must be true or false"],
    [
        alert({ cel: "severity == 'error'" }),
        `workflow.triggers.0.cel must compare severity with one of ${SEVERITIES}, such as severity >= 'high', but compares it with error`,
    ],
    [
        alert({ cel: "status == 'Firing' && severity >= 'HIGH'" }),
        "workflow.triggers.0.cel must compare status with one of firing, resolved, acknowledged, suppressed, pending, maintenance, such as status == 'firing', but compares it with Firing",
    ],
    [
        alert({ cel: "severity != 'none'" }),
        `workflow.triggers.0.cel must compare severity with one of ${SEVERITIES}, such as severity >= 'high', but compares it with none`,
    ],
    ...[
        "severity in ['critical', 'high']",
        "'critical' == severity",
        "severity in ['critical'] && (labels.team == 'a' || labels.team == 'b')",
    ].map(
        (cel) =>
            [
                alert({ cel }),
                "workflow.triggers.0.cel must compare severity by ==, !=, <, <=, > or >= before a text, such as severity >= 'high', because Keep makes it a number",
            ] as const,
    ),
    [
        alert({ cel: "labels.severity == 'critical'" }),
        "workflow.triggers.0.cel must name a field severity of an object in brackets, such as labels['severity'] == 'critical', because Keep makes the text after .severity a number",
    ],
    [
        alert({ cel: "alert.name == 'a'" }),
        "workflow.triggers.0.cel must name fields without alert., such as name == 'a'",
    ],
    ...[
        "source != 'grafana'",
        "name == 'a' && source != 'grafana'",
        "source in ['prometheus', 'grafana']",
        "source.startsWith('prom')",
        "source.matches('prometheus|grafana')",
        "'prometheus' == source",
        "source == ''",
    ].map(
        (cel) =>
            [
                alert({ cel }),
                "workflow.triggers.0.cel must compare a member of source, such as source[0] == 'prometheus', because it is a list here",
            ] as const,
    ),
    [
        alert({ cel: "severity == 'critical' && labels['team'] != null" }),
        "workflow.triggers.0.cel must not compare labels['team'] with null, which fails for any other value. If it is a text, write type(labels['team']) == string",
    ],
    // keep/api/bl/incidents_bl.py
    [trigger({ type: "incident" }), "workflow.triggers.0.events is required"],
    [
        trigger({ type: "incident", events: [] }),
        "workflow.triggers.0.events must not be empty. Use created, updated or deleted",
    ],
    [
        trigger({ type: "incident", events: ["resolved"] }),
        "workflow.triggers.0.events.0 must be one of created, updated, deleted",
    ],
    [trigger({ type: "incident", event: ["created"] }), "workflow.triggers.0.events is required"],
    // keep/parser/parser.py
    [trigger({ type: "interval", value: 0 }), "workflow.triggers.0.value must be 1 second or more"],
    [trigger({ type: "interval", value: "0m" }), "workflow.triggers.0.value must be 1 second or more"],
    [
        workflow({
            triggers: [
                { type: "interval", value: 60 },
                { type: "interval", value: 30 },
            ],
        }),
        "workflow.triggers must have only one interval, because Keep ignores all but the last. Remove the others, or write another workflow",
    ],
    [alert({ filter: [] }), "workflow.triggers.0.filter is not read by Keep. Write filters"],
];

const ACCEPTED: readonly Content[] = [
    ...[
        ["source", "grafana"],
        ["source", 'r"(grafana|prometheus)"'],
        ["source", 'r".*prometheus.*"'],
        ["name", 'r".*"'],
        ["name", 'r"^$"'],
        ["name", 'r"User.*"'],
        ["name", 'r".*failed.*"'],
        ["name", "C:\\\\temp"],
        ["labels.app", "it's (a) [test]"],
        ["labels['a-b']", "c"],
        ["severity", "CRITICAL"],
        ["severity", 'r"critical|high"'],
        ["severity", 'r".*"'],
        ["status", "firing"],
        ["labels['severity']", "critical"],
        ["labels.severity", "error"],
    ].map(([key, value]) => filter(key, value)),
    filter("name", "a", { exclude: true }),
    alert({}),
    alert({ filters: [{ key: "a", value: "b" }], cel: "" }),
    alert({ only_on_change: ["status"], severity_changed: true }),
    ...[
        "severity > 'info' && source.contains('a')",
        "labels.severity == 'error'",
        "labels['severity'] == 'critical'",
        "severity == 'error' || source.contains('a')",
        "severity >= 3",
        "status == 'resolved' || !(status == 'Firing')",
        "source == 'prometheus' && (source[0] == \"grafana\" || 'grafana' in source)",
        "source.exists(s, s.startsWith('prom')) && !source.contains('a')",
        "source != 'grafana' || name == 'a'",
        "!(source != 'grafana' && name == 'a')",
        "assignee == null && dismissed != null && !(assignee != null)",
        "name != 'a != null' && (labels.a != null || name == 'b')",
        "name == 'alert.x' || name.contains(\"severity == 'error'\")",
        "labels.exists(alert, alert == 'x')",
    ].map((cel) => alert({ cel })),
    trigger({ type: "incident", events: ["created", "updated", "deleted"] }),
];

describe("a trigger of a workflow", () => {
    itValidates(REJECTED, ACCEPTED);
});
