import { type Content, itValidates, workflow } from "./workflowCases";

const step = (content: Content) =>
    workflow({ steps: [{ name: "a", provider: { type: "console", with: {} }, ...content }] });
const sends = (message: string, more: Content = {}) =>
    workflow({
        steps: [{ name: "check and notify", provider: { type: "console", with: {} } }],
        actions: [{ name: "b", provider: { type: "console", with: { message } }, ...more }],
    });

const ROOTS = "Begin with one of alert, incident, event, steps, actions, foreach, consts, vars, secrets, inputs";
const COMPARE =
    "Write operators outside of the braces, in if, and compare each text, such as if: \"'{{ alert.severity }}' == 'critical' and '{{ alert.name }}' != ''\"";
const AROUND =
    "Write a function of Keep around the braces: a text in quotes, as in keep.strip('{{ alert.name }}'), and a list or an object without, as in keep.len({{ steps.a.results }}) or keep.dictget({{ alert.labels }}, 'the key')";
const FOREACH =
    "workflow.steps.0.foreach must be the path of a list, such as {{ steps.a.results }}, or several joined by &&. Keep runs the step for nothing else: no index, no function, no filter, no list";

/** Texts of a message, with the way out. Keep fails to render each (keep/iohandler/iohandler.py). */
const NO_NAMES: readonly (readonly [inside: string, help: string])[] = [
    ["steps.check and notify.results | length", AROUND],
    ["alert.name | upper", "Write {{#fn.upper}}{{ alert.name }}{{/fn.upper}}"],
    [
        "alert.replicas | default(3)",
        "Write {{ alert.replicas }}{{^alert.replicas}}3{{/alert.replicas}}, which also adds 3 after 0 and False",
    ],
    [
        "alert.name or 'none'",
        "Write {{ alert.name }}{{^alert.name}}none{{/alert.name}}, which also adds none after 0 and False",
    ],
    ["alert.name[0:5]", "Write keep.slice('{{ alert.name }}', 0, 5) around the braces"],
    ["foreach.value[13]", "Write {{ foreach.value.13 }}"],
    ["steps.check and notify.results[0].name", "Write {{ steps.check and notify.results.0.name }}"],
    ["alert.labels['app-name']", "Write {{ alert.labels.app-name }}"],
    [
        "alert.labels['a.example.com/b']",
        "For a key with a dot, write keep.dictget({{ alert.labels }}, 'a.example.com/b')",
    ],
    ["alert.labels.get('x')", AROUND],
    ["keep.split(alert.name, ':')[0]", AROUND],
    ["alert.severity == 'critical'", COMPARE],
    ["alert.pod and alert.namespace", COMPARE],
    ["!alert.pod", COMPARE],
    ["not alert.pod", COMPARE],
    ["#alert.pod", "Remove the blank before #"],
    [".Labels.alertname", "Remove the dot in front"],
    ["$labels.instance", ROOTS],
    ["item.name", ROOTS],
    ["check and notify.results", "Write {{ steps.check and notify.results }}"],
    ["providers.slack.name", "Write providers in config only"],
    ["env.TOKEN", "Write {{ env.NAME }} in config.authentication only, and {{ secrets.NAME }} here"],
    [
        "steps.check and notify.result",
        "Write results in place of result, or another of results, provider_parameters, vars, aliases, conditions",
    ],
];

const REJECTED: readonly (readonly [content: Content, message: string])[] = [
    ...NO_NAMES.map(
        ([inside, help]) =>
            [
                sends(`A {{ ${inside} }}`),
                `workflow.actions.0.provider.with.message has {{ ${inside} }}, which is no name in Keep's templates. ${help}`,
            ] as const,
    ),
    [
        step({ if: "{{ alert.severity == 'critical' }}" }),
        `workflow.steps.0.if has {{ alert.severity == 'critical' }}, which is no name in Keep's templates. ${COMPARE}`,
    ],
    // keep/step/step.py, _run_single
    ...(
        [
            ["{{ alert.a }} == 'b' && {{ alert.c }} == 'd'", "&&", "and"],
            ["{{ alert.a }} == 'b' || {{ alert.c }} == 'd'", "||", "or"],
            ["!{{ alert.a }}", "!", "not"],
            ["{{!alert.a}}", "!", "not"],
            ["{{ alert.a }} = 'b'", "a single =", "=="],
        ] as const
    ).map(
        ([text, sign, right]) =>
            [
                step({ if: text }),
                `workflow.steps.0.if has ${sign} outside of texts, but Keep evaluates Python. Write ${right}`,
            ] as const,
    ),
    [
        step({ if: "alert.severity == 'critical'" }),
        "workflow.steps.0.if has alert.severity outside of braces, so Keep fails to evaluate it. Write {{ alert.severity }}",
    ],
    // keep/step/step.py, _get_foreach_items
    ...["{{ steps.a.results.0 }}", "keep.split('a,b', ',')", "[1, 2]", "{{{ steps.a.results }}}", "{{ item.b }}"].map(
        (foreach) => [step({ foreach }), FOREACH] as const,
    ),
];

const ACCEPTED: readonly Content[] = [
    ...[
        "{{ steps.check and notify.results.0.name }} {{ steps.this.results.-1 }} {{ actions.b.results }}",
        "{{ alert.labels.app-name }} {{{ alert.name }}} {{& alert.name }} {{! a | b }}",
        "{{#fn.na}}{{ alert.name }}{{/fn.na}} {{^incident}}none{{/incident}}",
        "{{#steps.check and notify.results}}{{ name }} {{ . }} {{ $oid }}{{/steps.check and notify.results}}",
        "keep.len({{ steps.check and notify.results }}) ${{ alert.name }} {% if a %}",
        "{{ foreach.value.count() }} {{ foreach.value.countIf(a, b) }} {{ alert.labels.terms and conditions }}",
        "{{ last_workflow_results.b }} {{ last_workflow_run_time }} {{ vars.a }} {{ aliases.a }} {{ inputs.a }}",
        "{{=<% %>=}}<% alert.name %> {{ .State }}",
    ].map((message) => sends(message)),
    sends("{{ is_high }} {{ ratio }}", {
        condition: [
            { name: "is_high", type: "assert", assert: "{{ alert.value }} > 0" },
            { name: "b", alias: "ratio", type: "assert", assert: "1 > 0" },
        ],
    }),
    workflow({ actions: [{ use: "b", if: "{{ from_elsewhere }}" }] }),
    ...[
        "'{{ alert.a }}' == 'b && c = !d' and not {{ alert.e }}",
        "keep.is_business_hours(timezone='America/New_York') or {{ alert.a }} != 'b'",
        "{{ alert.a }} >= 3 and '{{ alert.b }}' in ['c', \"alert.d\"]",
        "keep.len( {{ steps.a.results }} )",
    ].map((text) => step({ if: text })),
    ...[
        " {{ steps.a.results }} ",
        "steps.a.results",
        "{{ consts.b }} && {{ steps.a.results.c-d }}",
        "{{ alert.labels }}",
    ].map((foreach) =>
        workflow({ consts: { b: ["c"] }, steps: [{ name: "a", foreach, provider: { type: "console", with: {} } }] }),
    ),
];

describe("a template of a workflow, as Keep renders it", () => {
    itValidates(REJECTED, ACCEPTED);
});
