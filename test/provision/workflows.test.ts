import { type Content, itValidates, workflow } from "./workflowCases";

const step = (content: Content) =>
    workflow({ steps: [{ name: "a", provider: { type: "console", with: {} }, ...content }] });
const sends = (message: unknown, provider: Content = {}) =>
    workflow({ actions: [{ name: "b", provider: { type: "console", with: { message }, ...provider } }] });

const enriches = (enrich_alert: unknown, more: Content = {}) =>
    workflow({ actions: [{ name: "b", provider: { type: "console", with: { enrich_alert } } }], ...more });

const VALUE = "workflow.actions.0.provider.with.enrich_alert.0.value must be";
const CONFIG = "provider.config must be text with one dot, such as {{ providers.slack }}, or an object";
const WITH = "provider.with is required, or Keep never starts the workflow. Without parameters, write with: {}";

/** Workflows that Keep stores without an error. It then never starts them, or they fail each time. */
const REJECTED: readonly (readonly [content: Content, message: string])[] = [
    // keep/parser/parser.py
    [workflow({ actions: [null] }), "workflow.actions.0 must be an object"],
    [workflow({ actions: [{ name: "b" }] }), "workflow.actions.0.provider is required"],
    [step({ provider: { type: "console" } }), `workflow.steps.0.${WITH}`],
    [
        step({ provider: { type: "console", with: "a" } }),
        "workflow.steps.0.provider.with must be an object. Without parameters, write {}",
    ],
    [
        step({ provider: { type: "console", with: { limit: 0.5 } } }),
        "workflow.steps.0.provider.with.limit must be a whole number, because Keep ignores others. Put it in quotes",
    ],
    ...["slack", "{{ providers.a.b }}", 5].map(
        (config) => [step({ provider: { type: "slack", config, with: {} } }), `workflow.steps.0.${CONFIG}`] as const,
    ),
    [
        workflow({ "on-failure": { type: "slack" } }),
        "workflow.on-failure.provider is required, such as {type: slack, with: {channel: alerts}}",
    ],
    [
        workflow({ strategy: "serial" }),
        "workflow.strategy must be one of nonparallel, nonparallel_with_retry, parallel",
    ],
    [workflow({ permissions: "admin" }), "workflow.permissions must be a list of texts"],
    // keep/step/step.py
    [step({ "on-failure": { retry: 3 } }), "workflow.steps.0.on-failure.retry must be an object"],
    [
        step({ "on-failure": { retry: { count: -1 } } }),
        "workflow.steps.0.on-failure.retry.count must be a whole number from 0 to 2147483647",
    ],
    [step({ if: true }), "workflow.steps.0.if must be text"],
    [step({ foreach: ["a"] }), "workflow.steps.0.foreach must be text"],
    [
        step({ condition: [{ name: "a", type: "equals" }] }),
        "workflow.steps.0.condition.0.type must be one of assert, threshold, stddev",
    ],
    [step({ condition: [{ type: "assert", assert: "1 > 0" }] }), "workflow.steps.0.condition.0.name is required"],
    [
        step({ condition: [{ name: "b", type: "threshold", value: "1" }] }),
        "workflow.steps.0.condition.0.compare_to is required",
    ],
    [step({ throttle: { type: "daily" } }), "workflow.steps.0.throttle.type must be one of one_until_resolved"],
    [step({ continue: "false" }), "workflow.steps.0.continue must be true or false"],
    [step({ vars: null }), "workflow.steps.0.vars must be an object"],
    // keep/providers/base/base_provider.py
    ...[true, 0, null, ["a"]].map(
        (value) => [enriches([{ key: "dismissed", value }]), `${VALUE} text. Put it in quotes`] as const,
    ),
    [enriches([{ key: " ", value: "a" }]), "workflow.actions.0.provider.with.enrich_alert.0.key must be a name"],
    [enriches([{ key: "a" }]), "workflow.actions.0.provider.with.enrich_alert.0.value is required"],
    [
        enriches({ status: "resolved" }),
        "workflow.actions.0.provider.with.enrich_alert must be a list, such as [{key: ticket, value: INC-1}]",
    ],
    [
        step({ provider: { type: "console", with: { enrich_incident: [{ key: "tier", value: 1 }] } } }),
        "workflow.steps.0.provider.with.enrich_incident.0.value must be text. Put it in quotes",
    ],
    [
        enriches([{ key: "severity", value: "3" }]),
        `${VALUE} one of critical, high, warning, info, low, because Keep takes others for info. Correct the value, or rename the key`,
    ],
    [
        enriches([{ key: "url", value: "/browse/X-1" }]),
        `${VALUE} a URL, such as https://wiki.example.com/checkout, or Keep does not show the alert. Correct the value, or rename the key`,
    ],
    ...["jira", "{{ steps.a.results }}", "keep.now_utc()"].map(
        (value) =>
            [
                enriches([{ key: "source", value }]),
                `${VALUE} a list of texts, or Keep does not show the alert. Correct the value, or rename the key`,
            ] as const,
    ),
    // keep/iohandler/iohandler.py
    [
        sends("Done :)"),
        "workflow.actions.0.provider.with.message must have as many ( as ), or Keep does not render it. Add or remove one",
    ],
    [
        sends('{"a": {"b": 1}}'),
        "workflow.actions.0.provider.with.message must have as many {{ as }}, or Keep does not render it. Write a blank between two braces of other text",
    ],
    [
        sends("https://keep.example.com (Keep)"),
        "workflow.actions.0.provider.with.message has keep. before a bracket, which Keep reads as one of its functions. Move it behind the last bracket",
    ],
    [
        sends("{{ consts.b }}"),
        "workflow.actions.0.provider.with.message has {{ consts.b }}, but consts of the workflow has no b. Correct the name",
    ],
    [
        sends("{{ steps.b2.results }}"),
        "workflow.actions.0.provider.with.message has {{ steps.b2 }}, but steps of the workflow has no b2. Correct the name",
    ],
    [
        step({ foreach: "{{ steps.b.results }}" }),
        "workflow.steps.0.foreach has {{ steps.b }}, but steps of the workflow has no b. Correct the name",
    ],
    // What Keep does not read.
    [workflow({ trigger: [] }), "workflow.trigger is not read by Keep. Write triggers"],
    [workflow({ on_failure: {} }), "workflow.on_failure is not read by Keep. Write on-failure"],
    [step({ forEach: "a" }), "workflow.steps.0.forEach is not read by Keep. Write foreach"],
];

const ACCEPTED: readonly Content[] = [
    workflow({ interval: 0 }),
    workflow({ triggers: [] }),
    workflow({ "on-failure": {}, consts: null, permissions: ["admin"], strategy: "parallel", "x-team": "a" }),
    workflow({ "on-failure": { provider: { type: "slack", config: "{{ providers.slack }}" } } }),
    workflow({ actions: [{ name: "b", provider: { type: "console" } }] }),
    workflow({ actions: [{ use: "b" }] }),
    step({ if: "", foreach: null, condition: [], vars: { a: "b" }, continue: false, "on-failure": null }),
    step({ throttle: { type: "one_until_resolved" }, "on-failure": { retry: { count: 2, interval: 2 } } }),
    step({ condition: [{ name: "b", type: "threshold", value: "{{ steps.a.results }}", compare_to: 0.5 }] }),
    step({ provider: { type: "console", config: null, with: { a: 1, b: null, c: ["x"], d: { e: 0.5 } } } }),
    sends("keep.len({{ steps.a.results }}) at https://keep.example.com"),
    sends("{{ steps.this.results }} {{#alert.steps.b}}x{{/alert.steps.b}} steps.c"),
    workflow({
        consts: { b: 1 },
        actions: [{ name: "b", provider: { type: "console", with: { a: "{{ consts.b }}" } } }],
    }),
    enriches(null),
    enriches([]),
    enriches([{ key: "status", value: "resolved", disposable: true }]),
    enriches([{ key: "dismissed", value: "true" }]),
    enriches([{ key: "source", value: "results.sources" }]),
    enriches([{ key: "url", value: "results[0].url" }]),
    enriches([{ key: "url", value: "/{{ steps.a.results }}" }]),
    enriches([{ key: "dismissUntil", value: "keep.to_utc('{{ steps.a.results }}')" }]),
    enriches([{ key: "ticket_status", value: "closed" }]),
    enriches([{ key: "status", value: "merged" }], { triggers: [{ type: "incident", events: ["created"] }] }),
    // Actions of the provider keep render their parameters themselves.
    sends(":)", { type: "keep" }),
];

describe("a workflow, as Keep runs it", () => {
    itValidates(REJECTED, ACCEPTED);
});
