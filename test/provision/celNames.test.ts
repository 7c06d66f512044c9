import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const NO_FUNCTION = (name: string, wayOut = "Use another one, such as name.matches('(?i)^cpu')") =>
    `must not call ${name}, which Keep's CEL does not have. ${wayOut}`;
const QUOTES = (word: string) =>
    `must have quotes around ${word}, as in '${word}'. For a field of that name, write (${word})`;
const JOINED = (name: string, operation: string, wayOut: string, sign = "-") =>
    `must not have ${name}, which is a ${operation} in CEL. ${wayOut}. To calculate, put blanks around ${sign}`;
const UNNAMED = "CEL cannot name such a field, so compare another one";

type Rejected = readonly (readonly [cel: string, message: string])[];

/** Expressions with functions that Keep's CEL does not have. Of correlations, see cel.test.ts. */
const NO_FUNCTIONS: Rejected = [
    ["name.startswith('CPU')", NO_FUNCTION("startswith", "Write startsWith")],
    ["name == 'a' && name.match('b')", NO_FUNCTION("match", "Write matches")],
    ["name == 'a' || name.includes('b')", NO_FUNCTION("includes")],
    ["name.lower() == 'x'", NO_FUNCTION("lower")],
    ["lastReceived > now()", NO_FUNCTION("now")],
    ["regex(name, 'a')", NO_FUNCTION("regex")],
    ["name.has('a')", NO_FUNCTION("has")],
    ["exists(labels, l, l == 'a')", NO_FUNCTION("exists")],
    ["name.matches( node-exporter )", QUOTES("node-exporter")],
];

/** Expressions that Keep's CEL compiles. Evaluated by it, each fails for every alert. */
const REJECTED: Rejected = [
    ["status == firing", QUOTES("firing")],
    ["status != resolved && name == 'x'", QUOTES("resolved")],
    ["name == HighCPU", QUOTES("HighCPU")],
    ["service in ['a', checkout]", QUOTES("checkout")],
    ["labels.job == node-exporter", QUOTES("node-exporter")],
    ["labels.prod == prod", QUOTES("prod")],
    ["name.contains(cpu)", QUOTES("cpu")],
    ["name.contains( node-exporter )", QUOTES("node-exporter")],
    ["dismissed == True", "must have true in place of True"],
    [
        "labels.app-name == 'x'",
        JOINED("labels.app-name", "subtraction", "For a field of that name, write labels['app-name']"),
    ],
    [
        "labels.app-name.contains('x')",
        JOINED("labels.app-name", "subtraction", "For a field of that name, write labels['app-name']"),
    ],
    [
        "labels.kubernetes.io/name == 'x'",
        JOINED(
            "labels.kubernetes.io/name",
            "division",
            "For a field of that name, write labels['kubernetes.io/name']",
            "/",
        ),
    ],
    ["app-name == 'x'", JOINED("app-name", "subtraction", UNNAMED)],
];

/** Evaluated with the same alert, each is true. Keep converts none to list correlation rules. */
const ACCEPTED_EVALUATED: readonly string[] = [
    "name.startsWith('CPU') && 'a'.size() == 1",
    "timestamp(lastReceived).getHours() == 0",
    "lastReceived.timestamp().getHours() == 0 && int(labels.n) > 2",
    "has(labels.team) && dyn(name) != 'a'",
    "labels.exists(k, k == 'team') && [host].exists(h, name == h)",
    "!labels.all(k, k == 'team') && labels.filter(k, 'team' == k) == ['team']",
    "type(firingCounter) == int && type(name) == string",
    "!labels.exists(k, k.startsWith(name) && name.contains(k))",
    "host == name && type(host) == string && name == host && name == r'HighCPU'",
];

const ACCEPTED: readonly string[] = [
    "name == service && host in [service]",
    "name == (host)",
    "name.contains(service) && name.contains((host))",
    "name.contains(labels.team) && name.contains(host + 'a')",
    "host == name && name == host",
    "dismissed == false && dismissed != true",
    "labels['app-name'] == 'x' && labels[\"kubernetes.io/name\"] == 'x'",
    "firingCounter-unresolvedCounter > 2 && firingCounter-1 > 2 && firingCounter - 2 == unresolvedCounter+3",
    "name != 'status == firing, labels.app-name and now()'",
    "status in (['firing']) // not status == firing",
];

const OTHERS = {
    correlations: (cel: string) => ({ definition_cel: cel, timeframe: 60 }),
    extractions: (cel: string) => ({ attribute: "host", regex: "(?P<b>.*)", condition: cel }),
    maintenance: (cel: string) => ({ cel_query: cel, start_time: "2026-12-24T22:00:00Z", duration_seconds: 60 }),
    workflows: (cel: string) => ({
        workflow: {
            id: "a",
            triggers: [{ type: "alert", cel }],
            steps: [{ name: "a", provider: { type: "console", with: {} } }],
        },
    }),
} as const satisfies Partial<Record<Kind, unknown>>;

const FIELDS = {
    correlations: "definition_cel",
    extractions: "condition",
    maintenance: "cel_query",
    workflows: "workflow.triggers.0.cel",
} as const;

describe("the names in an expression in a file of provisioning", () => {
    for (const kind of ["correlations", "extractions", "maintenance", "workflows"] as const) {
        const problemsOf = (cel: string) => {
            const name = kind === "workflows" ? {} : { name: "a" };
            return problemsOfFiles(kind, { "a.yaml": JSON.stringify({ ...name, ...OTHERS[kind](cel) }) });
        };
        const isEvaluated = kind !== "correlations";
        for (const [cel, message] of [...(isEvaluated ? NO_FUNCTIONS : []), ...REJECTED]) {
            it(`are rejected in ${kind}: ${cel}`, async () => {
                assert.deepEqual(await problemsOf(cel), [`("a.yaml:1") is invalid: ${FIELDS[kind]} ${message}.`]);
            });
        }
        for (const cel of [...(isEvaluated ? ACCEPTED_EVALUATED : []), ...ACCEPTED]) {
            it(`are accepted in ${kind}: ${cel}`, async () => {
                assert.deepEqual(await problemsOf(cel), []);
            });
        }
    }

    it("are rejected in a comparison of ranks", async () => {
        const content = JSON.stringify(OTHERS.workflows("severity >= high"));
        assert.deepEqual(await problemsOfFiles("workflows", { "a.yaml": content }), [
            `("a.yaml:1") is invalid: ${FIELDS.workflows} ${QUOTES("high")}.`,
        ]);
    });
});
