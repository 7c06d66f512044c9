import * as z from "zod";

const text = z.string({ error: "is missing, or no text" }).min(1, { error: "is empty" });

const stepLike = z.looseObject(
    {
        name: text,
        provider: z.looseObject({ type: text }, { error: "is missing. Name one, such as {type: console}" }),
    },
    { error: "is not an object" },
);
const listOf = <T extends z.ZodType>(item: T) => z.array(item, { error: "is not a list" }).optional();

/** A workflow as Keep reads it (keep/parser/parser.py, keep/workflowmanager/workflowstore.py). Fields that it knows beside these pass. */
const workflow = z
    .looseObject(
        {
            id: text,
            name: text.optional(),
            triggers: listOf(z.looseObject({ type: text }, { error: "is not an object" })),
            steps: listOf(stepLike),
            // An action may be one of the file's own, which it names by `use`.
            actions: listOf(z.union([stepLike, z.looseObject({ use: text })])),
        },
        { error: "is missing, or no object" },
    )
    .refine(({ steps, actions }) => (steps ?? []).length + (actions ?? []).length > 0, {
        error: "has neither steps nor actions, and so would do nothing",
    });

/** A file of a workflow; `alert` is what its key was once called. */
export const workflowFile = z
    .looseObject({ workflow: z.unknown().optional(), alert: z.unknown().optional() }, { error: "is not an object" })
    .refine((file) => (file.workflow ?? file.alert) !== undefined, {
        error: "has no top-level key workflow",
        abort: true,
    })
    .transform((file) => ({ workflow: file.workflow ?? file.alert }))
    .pipe(z.object({ workflow }));

/** A file of a mapping rule (keep/api/models/db/mapping.py, MappingRuleDtoIn). */
export const mappingFile = z
    .looseObject(
        {
            name: text,
            description: z.unknown().optional(),
            file_name: z.unknown().optional(),
            priority: z.unknown().optional(),
            type: z.enum(["csv", "topology"], { error: "is neither csv nor topology" }).default("csv"),
            is_multi_level: z.boolean({ error: "is neither true nor false" }).default(false),
            new_property_name: z.string().nullish(),
            prefix_to_remove: z.unknown().optional(),
            matchers: z.array(z.array(text, { error: "is not a list of attributes" }), {
                error: "is missing, or no list of lists, such as [[service]]",
            }),
            rows: z.array(z.looseObject({}, { error: "is not an object" }), { error: "is not a list" }).nullish(),
        },
        { error: "is not an object" },
    )
    .refine(({ type, rows }) => type !== "csv" || (rows ?? []).length > 0, {
        path: ["rows"],
        error: "is missing or empty, which only a mapping of type topology may be",
    })
    .refine((rule) => !rule.is_multi_level || (rule.new_property_name ?? "") !== "", {
        path: ["new_property_name"],
        error: "is missing, which is_multi_level needs",
    })
    .refine((rule) => !rule.is_multi_level || rule.matchers.length <= 1, {
        path: ["matchers"],
        error: "has more than one group, which is_multi_level forbids",
    });

/** A file of a dashboard (keep/api/routes/dashboard.py, DashboardCreateDTO). */
export const dashboardFile = z.looseObject(
    { dashboard_name: text, dashboard_config: z.looseObject({}, { error: "is missing, or no object" }) },
    { error: "is not an object" },
);
