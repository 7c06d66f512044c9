import type { Place } from "./misspelled";

type Places = Readonly<Record<string, string>>;

/** Where Keep reads a field that is in another place (keep/parser/parser.py, keep/step/step.py, keep/providers/base/base_provider.py). */
function places(names: readonly string[], help: string): Places {
    return Object.fromEntries(names.map((name) => [name, help]));
}

const TRIGGER = places(
    ["cel", "filters", "only_on_change", "severity_changed", "events"],
    "Move it to a trigger of the workflow",
);
const STEP_FIELDS = ["if", "foreach", "condition", "vars", "alias", "throttle", "continue", "continue_on_error"];
const STEP = places(STEP_FIELDS, "Move it to the step or action, beside provider");
const RETRY = places(["retry"], "Move it to on-failure, such as on-failure: {retry: {count: 2, interval: 2}}");
const PROVIDER = places(["with", "config"], "Move it to provider");
const ENRICHMENTS = places(["enrich_alert", "enrich_incident"], "Move it to with of provider");
const WORKFLOW = places(
    ["disabled", "triggers", "steps", "actions", "consts", "inputs", "strategy", "permissions"],
    "Move it to the workflow",
);

/** Fields of a provider that only describe it. */
const DESCRIBING = /^(?:id|name|description|x-.*)$/;

function placeIn(...all: readonly Places[]): Place {
    const known = new Map(all.flatMap((one) => Object.entries(one)));
    // The default of all switches but `continue`.
    return (field, content) => (content[field] === false && field !== "continue" ? undefined : known.get(field));
}

export const placeInWorkflow = placeIn(TRIGGER, STEP, RETRY, PROVIDER, ENRICHMENTS);
export const placeInTrigger = placeIn(STEP, RETRY, PROVIDER, ENRICHMENTS, WORKFLOW);
export const placeInStep = placeIn(TRIGGER, RETRY, PROVIDER, ENRICHMENTS, WORKFLOW);

const outsideProvider = placeIn(STEP, RETRY, ENRICHMENTS, WORKFLOW);

/** Without `with`, other fields of a provider can only be parameters. */
export const placeInProvider: Place = (field, content) =>
    outsideProvider(field, content) ??
    (content.with === undefined && !DESCRIBING.test(field) ? "Move it to with, beside config" : undefined);

/** Any other field may be a parameter. */
export const placeInParameters = placeIn(
    places(["foreach", "continue_on_error"], "Move it to the step or action, beside provider"),
);
