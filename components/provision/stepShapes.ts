import * as z from "zod";

import { enrichments } from "./enrichments";
import { anyText, flag, must, oneOf, text, whole } from "./fields";
import { known } from "./misspelled";
import { placeInParameters, placeInProvider, placeInStep } from "./places";

const CONFIG = must("text with one dot, such as {{ providers.slack }}, or an object");

/** Credentials: Keep takes the part after the only dot for the name of a provider (keep/parser/parser.py, _extract_provider_id). */
const config = z.union([z.looseObject({}), z.string().regex(/^[^.]*\.[^.]*$/, CONFIG)], CONFIG).nullish();

const parameters = z.looseObject(
    { enrich_alert: enrichments, enrich_incident: enrichments },
    {
        error: ({ input }) =>
            input === undefined
                ? "is required, or Keep never starts the workflow. Without parameters, write with: {}"
                : "must be an object. Without parameters, write {}",
    },
);

function parametersOf<T extends z.ZodType<Readonly<Record<string, unknown>>>>(shape: T) {
    return known(shape, ["enrich_alert", "enrich_incident"], placeInParameters);
}

/** How a step is repeated when it fails. */
const onFailure = z
    .looseObject(
        {
            retry: z
                .looseObject({ count: whole(0).optional(), interval: whole(0).optional() }, must("an object"))
                .optional(),
        },
        must("an object, such as {retry: {count: 2, interval: 2}}"),
    )
    .nullish();

function provider(more: z.ZodRawShape) {
    const shape = z.looseObject(
        { type: text(Infinity), config, "on-failure": onFailure, ...more },
        must("an object, such as {type: console, with: {message: Hello}}"),
    );
    return known(shape, ["type", "config", "with", "on-failure"], placeInProvider);
}

const name = text(Infinity);

/** A condition of one of Keep's types (keep/conditions). */
const condition = z.discriminatedUnion(
    "type",
    [
        z.looseObject({ name, type: z.literal("assert"), assert: text(Infinity) }),
        z.looseObject({
            name,
            type: z.literal("threshold"),
            value: text(Infinity),
            compare_to: z.union([z.string(), z.number()], must("a number, or a text such as 90%")),
            compare_type: oneOf(["gt", "lt"]).optional(),
        }),
        z.looseObject({ name, type: z.literal("stddev"), value: text(Infinity) }),
    ],
    {
        error: ({ input }) =>
            typeof input === "object" ? "must be one of assert, threshold, stddev" : "must be an object",
    },
);

/** Fields of steps and actions. A value of another type fails each time that Keep runs the step (keep/step/step.py). */
const FIELDS = {
    name,
    if: anyText().nullish(),
    foreach: anyText().nullish(),
    condition: z.array(condition, must("a list, such as [{name: a, type: assert, assert: '{{ x }} > 0'}]")).optional(),
    vars: z.looseObject({}, must("an object")).optional(),
    alias: z.looseObject({}, must("an object")).optional(),
    // The only one of Keep (keep/throttles).
    throttle: z.looseObject({ type: oneOf(["one_until_resolved"]) }, must("an object")).nullish(),
    continue: flag.optional(),
    continue_on_error: flag.optional(),
    "on-failure": onFailure,
};

function named(shape: z.ZodRawShape) {
    return known(
        z.looseObject(shape, { error: "must be an object" }),
        [...Object.keys(FIELDS), "provider"],
        placeInStep,
    );
}

/** A step. Keep never starts a workflow with one without parameters (keep/parser/parser.py, parse_provider_parameters). */
export const step = named({
    ...FIELDS,
    provider: provider({
        with: parametersOf(
            parameters.catchall(
                // Keep leaves them out.
                z.unknown().refine((value) => typeof value !== "number" || Number.isInteger(value), {
                    error: "must be a whole number, because Keep ignores others. Put it in quotes",
                }),
            ),
        ),
    }),
});

/** An action; or one of the file's own, which it names by `use`. */
export const action = z.union(
    [
        named({ ...FIELDS, provider: provider({ with: parametersOf(parameters).optional() }) }),
        z.looseObject({ use: text(Infinity) }),
    ],
    { error: "must be an object" },
);

/** What Keep runs if a workflow fails; an empty object is none. */
export const failureAction = known(
    z.looseObject({ provider: provider({ with: parametersOf(parameters).optional() }).optional() }, must("an object")),
    [...Object.keys(FIELDS), "provider"],
    placeInStep,
).refine((content) => content.provider !== undefined || Object.keys(content).length === 0, {
    path: ["provider"],
    error: "is required, such as {type: slack, with: {channel: alerts}}",
});
