import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const named = (name: string) =>
    `must be the name of a field, in words joined by dots and without alert. or event., such as ${name}`;
const NONE =
    "fingerprint_fields must not be empty, because Keep would then merge all alerts with the same name. To recognize alerts as the provider does, write [fingerprint]";

const rule = (content: object) => JSON.stringify({ name: "a", ...content });
const deduplication = (content: object) => rule({ provider_type: "prometheus", ...content });
const correlation = (content: object) => rule({ definition_cel: "service == 'a'", timeframe: 60, ...content });

/** Fields that Keep does not find: it merges all alerts, or ends all rules. */
const REJECTED: readonly (readonly [kind: Kind, content: string, message: string])[] = [
    ["deduplications", deduplication({ full_deduplication: true, ignore_fields: ["lastReceived"] }), NONE],
    ["deduplications", deduplication({ fingerprint_fields: [] }), NONE],
    ...(
        [
            ["alert.labels.instance", "labels.instance"],
            ["{{ alert.name }}", "name"],
            ["{{name}}", "name"],
            ["{{ alert.name }} on {{ alert.host }}", "labels.host"],
            ['labels["instance"]', "labels.instance"],
            ["labels[instance]", "labels.instance"],
            ["{labels.instance}", "labels.instance"],
            ["$.labels.instance", "labels.instance"],
            [".labels.instance", "labels.instance"],
            ["event.labels.instance", "labels.instance"],
            ["source[0]", "source"],
            ["name ", "name"],
            ["'name'", "name"],
            ["labels.*", "labels.host"],
            ["name | upper", "labels.host"],
            ["lower(name)", "labels.host"],
            ["name, labels.instance", "labels.host"],
        ] as const
    ).flatMap(([field, plain]) => [
        [
            "deduplications",
            deduplication({ fingerprint_fields: ["name", field] }),
            `fingerprint_fields.1 ${named(plain)}`,
        ] as const,
        ["correlations", correlation({ grouping_criteria: [field] }), `grouping_criteria.0 ${named(plain)}`] as const,
    ]),
    [
        "deduplications",
        deduplication({
            fingerprint_fields: ["name"],
            full_deduplication: true,
            ignore_fields: ["alert.lastReceived"],
        }),
        `ignore_fields.0 ${named("lastReceived")}`,
    ],
    [
        "deduplications",
        deduplication({ fingerprint_fields: ["name"], ignore_fields: ["lastReceived", "url"] }),
        "ignore_fields has no effect without full_deduplication: true. Set it, or remove ignore_fields",
    ],
    [
        "mappings",
        rule({ matchers: [["alert.service"]], rows: [{ "alert.service": "a", team: "b" }] }),
        `matchers.0.0 ${named("service")}`,
    ],
    [
        "mappings",
        rule({ matchers: [["labels['app']"]], rows: [{ "labels['app']": "a", team: "b" }] }),
        `matchers.0.0 ${named("labels.app")}`,
    ],
    [
        "correlations",
        correlation({
            grouping_criteria: ["customers", "region"],
            multi_level: true,
            multi_level_property_name: "customer",
        }),
        "grouping_criteria must have exactly one field if multi_level is true, such as [customers]",
    ],
    ...["labels['pod']", "$.labels.pod", "{{ labels['pod'] }}", "{{=a b=}}", `{{ host }}${"a".repeat(60)}{`].map(
        (attribute) =>
            [
                "extractions",
                rule({ attribute, regex: "(?P<b>.*)" }),
                "attribute must be a field of alerts, such as labels.host, or fields in braces, such as {{ labels.host }}",
            ] as const,
    ),
    ...["alert.host", "{{ alert.host }}-{{ region }}"].map(
        (attribute) =>
            [
                "extractions",
                rule({ attribute, regex: "(?P<b>.*)" }),
                `attribute must name fields without alert., such as ${attribute.replace("alert.", "")}`,
            ] as const,
    ),
];

const ACCEPTED: readonly (readonly [kind: Kind, content: string])[] = [
    [
        "deduplications",
        deduplication({ fingerprint_fields: ["fingerprint"], full_deduplication: true, ignore_fields: ["timestamp"] }),
    ],
    ["deduplications", deduplication({ fingerprint_fields: ["alert", "alertname", "labels.alert.name", "my field"] })],
    [
        "deduplications",
        deduplication({ fingerprint_fields: ["name"], full_deduplication: true, ignore_fields: ["annotations.value"] }),
    ],
    ["deduplications", deduplication({ fingerprint_fields: ["name"], ignore_fields: ["lastReceived"] })],
    ["deduplications", rule({ provider_type: "pingdom", fingerprint_fields: ["alert.check_id"] })],
    ["deduplications", rule({ provider_type: "keep", fingerprint_fields: ["alert.id", "event.kind"] })],
    ...[
        "labels.app.kubernetes.io/name",
        "labels.größe",
        "@timestamp",
        "tags.env:prod",
        "labels.a-b",
        "alerts.0",
        "tags.Host (primary)",
        "labels.R&D",
        "labels.cpu%",
        "tags.Host (primary node)",
        "labels.Foo(bar)",
        "labels.°C",
        "labels.it's",
        "labels.a=b",
    ].map((field) => ["deduplications", deduplication({ fingerprint_fields: [field] })] as const),
    ["correlations", correlation({ grouping_criteria: ["labels.region", "service"] })],
    [
        "correlations",
        correlation({ grouping_criteria: ["customers"], multi_level: true, multi_level_property_name: "customer" }),
    ],
    [
        "correlations",
        correlation({ definition_cel: "has(alert.scope) && alert.scope == 'a'", grouping_criteria: ["alert.scope"] }),
    ],
    ["mappings", rule({ matchers: [[" labels.some@@name "]], rows: [{ "labels.some@@name": "a", team: "b" }] })],
    ...[
        "labels.a/b",
        "{{{ labels.my label }}} on {{& name }}",
        "{{.}}",
        "tags.Host (primary node)",
        "{{ labels.°C }}",
    ].map((attribute) => ["extractions", rule({ attribute, regex: "(?P<b>.*)" })] as const),
];

describe("the name of a field in a file of provisioning", () => {
    for (const [kind, content, message] of REJECTED) {
        it(`is rejected: ${content}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, { "a.yaml": content }), [
                `("a.yaml:1") is invalid: ${message}.`,
            ]);
        });
    }

    for (const [kind, content] of ACCEPTED) {
        it(`is accepted: ${content}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, { "a.yaml": content }), []);
        });
    }
});
