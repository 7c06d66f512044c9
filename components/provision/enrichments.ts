import * as z from "zod";

import { textLeaves } from "../settings/textLeaves";
import { textFault, valueFault } from "./alertFields";
import { must } from "./fields";

/** A text of an enrichment. Keep logs an error for each other value, and goes on without it (keep/providers/base/base_provider.py, _enrich). */
const written = z.string(must("text. Put it in quotes"));

/** Values of `enrich_alert` and `enrich_incident`, fields with which Keep enriches the alert or the incident of a workflow. */
export const enrichments = z
    .array(
        z.looseObject(
            { key: written.regex(/\S/, must("a name")), value: written },
            must("an object, such as {key: ticket, value: INC-1}"),
        ),
        must("a list, such as [{key: ticket, value: INC-1}]"),
    )
    .nullish();

/** What Keep makes of a text when it runs the step: a part of the results, which may be of any type, or another text. */
const FROM_RESULTS = /^results[.[]/;
const RENDERED = /\{\{|keep\.\w+\(/;

/** Values of `enrich_alert` that the fields of alerts do not take. In a workflow for incidents, the fields are those of incidents. */
export function enrichmentFaults(workflow: Readonly<Record<string, unknown>>): { path: string[]; message: string }[] {
    const leaves = textLeaves(workflow);
    const isForIncidents = leaves.some(
        ({ path, text }) => /^triggers,\d+,type$/.test(path.join()) && text === "incident",
    );
    const values = leaves.filter(({ path }) => path.at(-3) === "enrich_alert" && path.at(-1) === "value");
    return (isForIncidents ? [] : values).flatMap(({ path, text }) => {
        const isKey = [...path.slice(0, -1), "key"].join();
        const key = leaves.find((leaf) => leaf.path.join() === isKey)?.text ?? "";
        const fault = RENDERED.test(text) ? textFault(key, "key") : valueFault(key, text, "key");
        return fault === undefined || FROM_RESULTS.test(text) ? [] : [{ path: [...path], message: fault }];
    });
}
