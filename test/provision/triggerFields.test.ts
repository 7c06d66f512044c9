import { type Content, itValidates, workflow } from "./workflowCases";

const trigger = (content: Content) => workflow({ triggers: [content] });
const alert = (content: Content) => trigger({ type: "alert", ...content });

/** Triggers of which Keep ignores a field, and starts the workflow more often than written. */
const REJECTED: readonly (readonly [content: Content, message: string])[] = [
    // keep/workflowmanager/workflowmanager.py, insert_incident
    ...[{ cel: "alerts_count >= 1" }, { filters: [{ key: "a", value: "b" }] }, { only_on_change: ["status"] }].map(
        (more) =>
            [
                trigger({ type: "incident", events: ["created"], ...more }),
                `workflow.triggers.0.${Object.keys(more).join()} is read by Keep in triggers of the type alert only, but this one has the type incident. Write it as if of each step, such as if: "'{{ incident.severity }}' == 'critical'"`,
            ] as const,
    ),
    [
        trigger({ type: "interval", value: 60, cel: "severity == 'critical'" }),
        `workflow.triggers.0.cel is read by Keep in triggers of the type alert only, but this one has the type interval. Write it as if of each step, such as if: "'{{ steps.a.results.severity }}' == 'critical'"`,
    ],
    [
        trigger({ type: "manual", filters: [{ key: "a", value: "b" }] }),
        "workflow.triggers.0.filters is read by Keep in triggers of the type alert only, but this one has the type manual. Remove it, or correct the type",
    ],
    [
        alert({ events: ["created"] }),
        "workflow.triggers.0.events is read by Keep in triggers of the type incident only, but this one has the type alert. Remove it, or correct the type",
    ],
    [
        alert({ source: "prometheus" }),
        "workflow.triggers.0.source is not read by Keep, which starts the workflow for every alert. Write it as cel, such as severity == 'critical' && source[0] == 'prometheus'",
    ],
    [
        alert({ status: "firing" }),
        "workflow.triggers.0.status is not read by Keep, which starts the workflow for every alert. Write it as cel, such as severity == 'critical' && source[0] == 'prometheus'",
    ],
];

const ACCEPTED: readonly Content[] = [
    trigger({ type: "incident", events: ["created"], cel: "", filters: [], severity_changed: false }),
    alert({ name: "all alerts", description: "All", "x-team": "a" }),
    alert({ cel: "name == 'a'", source: "prometheus" }),
];

describe("a field of a trigger", () => {
    itValidates(REJECTED, ACCEPTED);
});
