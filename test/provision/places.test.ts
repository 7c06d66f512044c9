import { type Content, itValidates, workflow } from "./workflowCases";

const action = (content: Content, provider: Content = { with: { message: "a" } }) =>
    workflow({ actions: [{ name: "b", provider: { type: "console", ...provider }, ...content }] });

const HERE = "is not read by Keep in this place. Move it to";
const STEP = `${HERE} the step or action, beside provider`;
const ENRICH = [{ key: "ticket", value: "a" }];
const LOW = "'{{ alert.severity }}' == 'low'";

/** Fields that Keep reads in another place, and ignores here. */
const REJECTED: readonly (readonly [content: Content, message: string])[] = [
    [action({ with: { message: "a" } }, {}), `workflow.actions.0.with ${HERE} provider`],
    [action({ enrich_alert: ENRICH }), `workflow.actions.0.enrich_alert ${HERE} with of provider`],
    [
        action({ retry: { count: 2 } }),
        `workflow.actions.0.retry ${HERE} on-failure, such as on-failure: {retry: {count: 2, interval: 2}}`,
    ],
    [action({ cel: "name == 'a'" }), `workflow.actions.0.cel ${HERE} a trigger of the workflow`],
    [action({ disabled: true }), `workflow.actions.0.disabled ${HERE} the workflow`],
    [action({}, { if: LOW, with: {} }), `workflow.actions.0.provider.if ${STEP}`],
    [
        action({}, { enrich_alert: ENRICH, with: {} }),
        `workflow.actions.0.provider.enrich_alert ${HERE} with of provider`,
    ],
    [action({}, { continue: false, with: {} }), `workflow.actions.0.provider.continue ${STEP}`],
    [action({}, { message: "a" }), `workflow.actions.0.provider.message ${HERE} with, beside config`],
    [action({}, { with: { foreach: "{{ steps.a.results }}" } }), `workflow.actions.0.provider.with.foreach ${STEP}`],
    [
        action({}, { with: { enrichAlert: ENRICH } }),
        "workflow.actions.0.provider.with.enrichAlert is not read by Keep. Write enrich_alert",
    ],
    [
        workflow({ steps: [{ name: "a", provider: { type: "console", if: LOW, with: {} } }] }),
        `workflow.steps.0.provider.if ${STEP}`,
    ],
    [workflow({ cel: "name == 'a'" }), `workflow.cel ${HERE} a trigger of the workflow`],
    [workflow({ if: LOW }), `workflow.if ${STEP}`],
    [workflow({ triggers: [{ type: "alert", if: LOW }] }), `workflow.triggers.0.if ${STEP}`],
    [workflow({ triggers: [{ type: "manual", disabled: true }] }), `workflow.triggers.0.disabled ${HERE} the workflow`],
    [
        workflow({ "on-failure": { provider: { type: "slack" }, with: { channel: "a" } } }),
        `workflow.on-failure.with ${HERE} provider`,
    ],
];

const ACCEPTED: readonly Content[] = [
    action({ if: LOW, foreach: "{{ steps.a.results }}", "on-failure": { retry: { count: 2 } } }),
    action({}, { "on-failure": { retry: { count: 2 } }, with: { enrich_alert: ENRICH } }),
    action({ with: {}, disabled: false, id: "a", description: "b", type: "c", "x-team": "d" }),
    action({}, { id: "a", name: "b", "x-team": "c" }),
    action({}, { note: "a", with: { if: LOW, condition: "a", retry: 2, name: "b", filters: ["c"], disabled: true } }),
    workflow({ owners: ["a"], tags: ["b"], services: ["c"], debug: true }),
];

describe("the place of a field in a workflow", () => {
    itValidates(REJECTED, ACCEPTED);
});
