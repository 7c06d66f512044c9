import * as z from "zod";

import { enrichmentFaults } from "./enrichments";
import { anyText, flag, must, oneOf, text, texts } from "./fields";
import { known } from "./misspelled";
import { placeInWorkflow } from "./places";
import { action, failureAction, step } from "./stepShapes";
import { checkTexts } from "./templates";
import { interval, secondsOf, trigger } from "./triggerShapes";

const listOf = <T extends z.ZodType>(item: T) => z.array(item, must("a list")).optional();

const FIELDS = {
    id: text(Infinity),
    name: text(Infinity).optional(),
    description: anyText().nullish(),
    // Keep takes every other value for false.
    disabled: z.union([flag, z.enum(["true", "false"])], must("true or false")).optional(),
    interval: interval.optional(),
    triggers: listOf(trigger),
    steps: listOf(step),
    actions: listOf(action),
    "on-failure": failureAction.nullish(),
    consts: z.looseObject({}, must("an object")).nullish(),
    // Any other would be none of them to Keep (keep/workflowmanager/workflowscheduler.py).
    strategy: oneOf(["nonparallel", "nonparallel_with_retry", "parallel"]).optional(),
    permissions: texts.nullish(),
    inputs: z.array(z.looseObject({ name: text(Infinity) }, must("an object")), must("a list")).nullish(),
};

/** A workflow as Keep reads it (keep/parser/parser.py, keep/workflowmanager/workflowstore.py). Fields that it knows beside these pass. */
const workflow = known(
    z
        .looseObject(FIELDS, must("an object"))
        .refine(({ steps, actions }) => (steps ?? []).length + (actions ?? []).length > 0, {
            error: "must have steps or actions",
        })
        // Keep takes the last one (keep/parser/parser.py, parse_interval).
        .refine(({ triggers, interval: every }) => hasOneInterval(triggers ?? [], every), {
            path: ["triggers"],
            error: "must have only one interval, because Keep ignores all but the last. Remove the others, or write another workflow",
        })
        .superRefine((content, context) => {
            for (const issue of [...checkTexts(content), ...enrichmentFaults(content)]) {
                context.addIssue({ code: "custom", ...issue });
            }
        }),
    Object.keys(FIELDS),
    placeInWorkflow,
);

function hasOneInterval(triggers: readonly Readonly<Record<string, unknown>>[], every: unknown): boolean {
    const values = triggers.flatMap(({ type, value }) => (type === "interval" ? [value] : []));
    return new Set([...(every === undefined ? [] : [every]), ...values].map(secondsOf)).size <= 1;
}

/** A file of a workflow; `alert` is what its key was once called, which Keep reads if there is no `workflow`. */
export const workflowFile = z
    .record(z.string(), z.unknown(), { error: "must be an object" })
    .refine((content) => Object.hasOwn(content, "workflow") || Object.hasOwn(content, "alert"), {
        error: "must have the top-level key workflow",
        abort: true,
    })
    .transform(({ workflow: current, alert: old }) => ({ workflow: current === undefined ? old : current }))
    .pipe(z.object({ workflow }));
