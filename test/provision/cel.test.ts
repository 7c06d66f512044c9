import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const PREFIX = "must name fields without alert., such as name == 'a'";
const TEXT = "must compare source as a text, such as source.contains('prometheus'), because it is a text here";
const LIST = "must compare a member of source, such as source[0] == 'prometheus', because it is a list here";
const AS_TEXTS =
    "must have severities in a list, such as severity in ['critical', 'high'], because Keep compares them as texts here";
const AS_NUMBERS =
    "must have severities in a list, such as severity in ['critical', 'high'], because Keep compares others with a number, which no alert has";
const NULL =
    "must not compare labels.team with null, which fails for any other value. If it is a text, write type(labels.team) == string";
const FIRST_NULL =
    "must not begin with service != null, which is true for every alert here. If it is a text, write service.contains('')";
const NULL_INSIDE =
    "must not have null inside a text or name, which Keep replaces here. Write 'nul' + 'l', also for a name, such as labels['nul' + 'lable']";
const REVERSED = "must have fields before values, such as name == 'a', because Keep compares no field here otherwise";
const QUOTES = (word: string) =>
    `must have quotes around ${word}, as in '${word}', because Keep compares fields only with values here`;
const RANK = (value: string) =>
    UNKNOWN.replace("severity in ['critical', 'high']", "severity >= 'high'").replace("Critical", value);
const NO_METHOD = (name: string) =>
    `must not call ${name}, which Keep cannot convert here. Use only has, contains, startsWith and endsWith, such as name.contains('CPU')`;
const UNKNOWN =
    "must compare severity with one of critical, high, warning, info, low, such as severity in ['critical', 'high'], but compares it with Critical";
const STATUS =
    "must compare status with one of firing, resolved, acknowledged, suppressed, pending, maintenance, such as status == 'firing', but compares it with Firing";

type Expression = "correlations" | "extractions" | "maintenance" | "presets";

const FIELDS = {
    correlations: "definition_cel",
    extractions: "condition",
    maintenance: "cel_query",
    presets: "options.0.value",
} as const;
const OTHERS = {
    correlations: { timeframe: 60 },
    extractions: { attribute: "host", regex: "(?P<b>.*)" },
    maintenance: { start_time: "2026-12-24T22:00:00Z", duration_seconds: 60 },
    presets: {},
} as const;

const fileOf = (kind: Expression, cel: string, more: object = {}) => {
    const expression = kind === "presets" ? { options: [{ label: "CEL", value: cel }] } : { [FIELDS[kind]]: cel };
    return JSON.stringify({ name: "a", ...OTHERS[kind], ...expression, ...more });
};

/** Expressions by kind, each with its message. Evaluated with Keep's own code, each fails or misses the alerts that it means. */
const REJECTED: Readonly<Record<Expression, readonly (readonly [cel: string, message: string])[]>> = {
    correlations: [
        ["alert.service == 'a'", PREFIX],
        ["(alert.service == 'a') || (service == 'b')", PREFIX],
        ["alert.status != 'resolved'", PREFIX],
        ["source[0] == 'prometheus'", TEXT],
        ["'prometheus' in source", TEXT],
        ["severity >= 'high'", AS_TEXTS],
        ["'high' <= severity || name == 'a'", AS_TEXTS],
        ["severity == 4", AS_TEXTS],
        ["(source == 'sentry') || (service != null)", FIRST_NULL],
        ["service!=null && severity == 'critical'", FIRST_NULL],
        ["source.exists(s, s == 'prometheus')", NO_METHOD("exists")],
        ["type(service) == string && severity == 'critical'", NO_METHOD("type")],
        ["name.matches('(?i)^cpu')", NO_METHOD("matches")],
        ["name.startswith('CPU')", "must not call startswith, which Keep cannot convert here. Write startsWith"],
        ["name.contains('null pointer') || service == 'a'", NULL_INSIDE],
        ["labels.nullable == 'x'", NULL_INSIDE],
        ["severity == 'Critical'", UNKNOWN],
        ["severity == 'Critical' || severity == 'High'", UNKNOWN],
        ["severity in ['Critical', 'High'] && name == 'a'", `${UNKNOWN}, High`],
        ["status == 'Firing' || status in ['alerting']", STATUS],
        ["severity == ''", UNKNOWN.replace("Critical", "an empty text")],
    ],
    extractions: [
        ["alert.service == 'a'", PREFIX],
        ["alert.source[0] == 'a' || name == 'b'", PREFIX],
        ["source == 'prometheus'", LIST],
        ["name == 'a' || source != 'prometheus'", LIST],
        ["'prometheus' == source", LIST],
        ["source in ['prometheus']", LIST],
        ["source.startsWith('prom')", LIST],
        ["labels.team != null && name == 'a'", NULL],
        ["severity > 'info'", AS_TEXTS],
        ['severity in [ "error" , "fatal" ]', UNKNOWN.replace("Critical", "error, fatal")],
        ["status == 'Firing'", STATUS],
        ["severity == 'Critical'", UNKNOWN],
    ],
    maintenance: [
        ["alert.service == 'a'", PREFIX],
        ["source[0] == 'prometheus'", TEXT],
        ["(null != labels.team)", NULL],
        ["severity >= 4", AS_NUMBERS],
        ["severity == 'error'", UNKNOWN.replace("Critical", "error")],
        ["severity in ['error', 'fatal']", UNKNOWN.replace("Critical", "error, fatal")],
        ["name == 'a' && status == 'Firing'", STATUS],
        ["severity == 'warning' || severity == 'info'", AS_NUMBERS],
        ["(severity == 'warning' || severity == 'info') && labels.cluster == 'prod'", AS_NUMBERS],
        ["severity == 'warning' && (service == 'a' || service == 'b')", AS_NUMBERS],
        ["((severity == 'warning' || severity == 'info'))", AS_NUMBERS],
        ["alert.a == 'b' && (alert.service == 'a||b' || service == 'c')", PREFIX],
    ],
    presets: [
        ["alert.severity == 'critical'", PREFIX],
        ["'prometheus' in source", TEXT],
        ["source[0] == 'prometheus' && name == 'a'", TEXT],
        [
            "severity == 4",
            "must compare severity with a text, such as severity >= 'high', because it is no number here",
        ],
        ["severity == 'Critical'", RANK("Critical")],
        ["severity >= 'error' && status == 'firing'", RANK("error")],
        ["severity in ['error']", RANK("error")],
        ["status == 'Firing'", STATUS],
        ["severity == critical || severity == 'high'", QUOTES("critical")],
        ["labels.region == 'eu' && severity > warning", QUOTES("warning")],
        ["name.contains(cpu)", QUOTES("cpu")],
        ["service in [checkout, 'db']", QUOTES("checkout")],
        ["service == environment", QUOTES("environment")],
        ["dismissed == True", "must have true in place of True"],
        ["'critical' == severity", REVERSED],
        ["null != service || name == 'a'", REVERSED],
        ["5 < firingCounter", REVERSED],
        ["name.matches('^cpu')", NO_METHOD("matches")],
        [
            "labels.app-name == 'api'",
            "must not have labels.app-name, which is a subtraction in CEL. For a field of that name, write labels['app-name']",
        ],
    ],
};

const ACCEPTED: Readonly<Record<Expression, readonly string[]>> = {
    correlations: [
        "source == 'sentry'",
        "(source == 'sentry') || (source == 'grafana' && severity == 'critical')",
        "source.contains('grafana') && severity in ['critical', 'high']",
        "labels.severity >= 'high' && labels.source[0] == 'a'",
        "severity == 'critical' || severity == 'Critical'",
        "source == 'a' || source[0] == 'a'",
        "severity != 'none' && severity != ''",
        "!(severity == 'none')",
        "severity in ['critical', 'Critical'] || !(severity in ['none'])",
        "labels.severity in ['error'] && labels.status == 'Firing' && status != 'Firing'",
        "name == \"severity == 'error'\"",
        "name == 'a' ? true : severity == 'Critical' || severity == 'High'",
        "name == 'alert.service' || labels.alert.name == 'a'",
        "source == 'netdata' && alert.contains('disk')",
        "source == 'pingdom' && alert.check_name == 'a'",
        "has(alert.name) && alert.name == 'a'",
        "field == 2",
        "labels.team != null",
        "name.contains('nul' + 'l') && name != 'NullPointer' && labels['nul' + 'lable'] == 'x'",
        "(service != null && severity == 'critical')||(service != null)",
        "severity == 'critical' && service != null",
        "name != null && source != null",
        "service.contains('') && severity == 'critical'",
        "name.contains('CPU') && has(labels.team) && !has(labels.a) && name.startsWith('a') || name.endsWith('b')",
    ],
    extractions: [
        "*",
        "",
        "source[0] == 'prometheus'",
        "source == ['prometheus']",
        "source.contains('prometheus')",
        "'prometheus' in source",
        "source.exists(s, s.startsWith('prom'))",
        "source[0].startsWith('prom')",
        "'a' == source[0]",
        "source in [['prometheus']]",
        "assignee == null",
        "type(labels.team) == string",
        "severity == 'critical'",
    ],
    maintenance: [
        "source == 'database'",
        "source.matches('a|b')",
        "severity in ['critical', 'high'] && status in ['firing', 'pending']",
        "status == 'ok' || status == 'resolved'",
        "severity in [labels.severity, 'error']",
        "severity != 'error'",
        "alert.service == 'a' || service == 'a'",
        "severity <= 'warning' || labels.severity == 'page'",
        "name == 'a' && (severity == 'warning' || service == 'b')",
        "(severity == 'warning' && name == 'a') || service == 'b'",
        "!(severity == 'warning' || name == 'a')",
        "(severity == 'warning' || name == 'a') == (severity == 'info' || name == 'b')",
        "source == 'pingdom' && (alert.a == 'b' || alert.a == 'c')",
    ],
    // Each shows the alerts that it means in Keep.
    presets: [
        "",
        "(!deleted && !dismissed)",
        "severity >= 'high' && severity in ['critical', 'error'] && severity != 'error'",
        "!(severity in ['error']) && !(status == 'Firing') && status != 'Firing'",
        "source == 'prometheus' || source in ['grafana'] || source.contains('prom')",
        "service == null || (service != null && service in ['checkout', null])",
        "has(labels.region) && !has(labels['team']) && labels['app-name'] == 'api'",
        "alert.name == 'a' && alert['service'] == 'b' && alert.labels.region == 'eu' && alert.dismissed == false",
        "labels.severity == 'critical' && incident.name == null",
        "lastReceived > '2026-01-01T00:00:00Z' && firingCounter > 3 && dismissed != true",
        "name.startsWith('A') || name.endsWith('svc') || severity.contains('crit') || 1 == 1",
    ],
};

const OTHER_ACCEPTED: readonly (readonly [kind: Kind, content: string])[] = [
    // The alert as its provider sends it.
    ["extractions", fileOf("extractions", "alert.host == 'a'", { pre: true, attribute: "{{ alert.host }}" })],
    ["extractions", fileOf("extractions", "source[0] == 'pingdom'", { attribute: "{{ alert.check_name }}" })],
];

describe("an expression in a file of provisioning", () => {
    const itIs = (kind: Kind, content: string, message?: string) => {
        it(`of ${kind} is ${message === undefined ? "accepted" : "rejected"}: ${content}`, async () => {
            assert.deepEqual(
                await problemsOfFiles(kind, { "a.yaml": content }),
                message === undefined ? [] : [`("a.yaml:1") is invalid: ${message}.`],
            );
        });
    };

    for (const kind of ["correlations", "extractions", "maintenance", "presets"] as const) {
        for (const [cel, message] of REJECTED[kind]) {
            itIs(kind, fileOf(kind, cel), `${FIELDS[kind]} ${message}`);
        }
        for (const cel of ACCEPTED[kind]) {
            itIs(kind, fileOf(kind, cel));
        }
    }
    for (const [kind, content] of OTHER_ACCEPTED) {
        itIs(kind, content);
    }
});
