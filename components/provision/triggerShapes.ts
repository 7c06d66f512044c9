import * as z from "zod";

import { INT32_MAX } from "../fields/vocabulary";
import { isAlertField } from "./alertFields";
import { celFault } from "./cel";
import { anyText, flag, must, oneOf, text } from "./fields";
import { filter } from "./filterShapes";
import { isEmpty, known } from "./misspelled";
import { placeInTrigger } from "./places";

/** Seconds of an interval as Keep reads it (keep/parser/parser.py, parse_interval); it skips a workflow with another one. */
export function secondsOf(value: unknown): number {
    const [, digits, unit = ""] = /^(\d+)([mhd]?)$/.exec(String(value)) ?? [];
    return digits === undefined ? NaN : Number(digits) * ({ m: 60, h: 3600, d: 86_400 }[unit] ?? 1);
}

/** How often Keep starts a workflow; never, if it is 0. */
export const interval = z
    .union([z.string(), z.number()], must("seconds, or a text such as 10m, 2h or 1d"))
    .refine((value) => secondsOf(value) <= INT32_MAX, { error: "must be seconds, or a text such as 10m, 2h or 1d" });

/** Keep compares the fields with those of the alert before. A text would be taken for a list of its characters. */
const changed = z.array(text(Infinity), must("a list of fields of alerts, such as [status]")).optional();

const alert = z
    .looseObject({
        cel: anyText().nullish(),
        filters: z
            .array(filter, must("a list, such as [{key: source, value: prometheus}]"))
            .min(1, { error: "must not be empty. For all alerts, remove filters" })
            .optional(),
        only_on_change: changed,
        severity_changed: flag.optional(),
    })
    .refine(({ cel, filters }) => cel === undefined || filters !== undefined || /\S/.test(cel ?? ""), {
        path: ["cel"],
        error: "must not be empty. For all alerts, remove cel",
    })
    .check(({ value: { cel, filters }, issues }) => {
        const message = filters === undefined ? celFault(cel ?? "", "workflow") : undefined;
        if (message !== undefined) {
            issues.push({ code: "custom", path: ["cel"], message, input: cel });
        }
    })
    .refine(({ cel, filters }) => filters === undefined || !/\S/.test(cel ?? ""), {
        path: ["cel"],
        error: "is ignored by Keep beside filters. Write all conditions as cel, and remove filters",
    });

/**
 * Fields of a trigger that Keep reads by its type. Of another form, they would end all workflows for each alert or incident, or never
 * start this one (keep/workflowmanager/workflowmanager.py). The events are those that Keep sends (keep/api/bl/incidents_bl.py).
 */
const TRIGGERS = new Map<string, z.ZodType>([
    [
        "interval",
        z.looseObject({
            value: interval.refine((value) => secondsOf(value) !== 0, { error: "must be 1 second or more" }),
        }),
    ],
    ["manual", z.looseObject({})],
    ["alert", alert],
    [
        "incident",
        z.looseObject({
            events: z
                .array(oneOf(["created", "updated", "deleted"]), must("a list, such as [created, updated]"))
                .min(1, { error: "must not be empty. Use created, updated or deleted" }),
        }),
    ],
]);

/** Fields that Keep reads, by the type of the trigger (insert_events and insert_incident, in the same file; parse_interval). */
const READ = new Map<string, readonly string[]>([
    ["interval", ["value"]],
    ["manual", []],
    ["alert", ["cel", "filters", "only_on_change", "severity_changed"]],
    ["incident", ["events"]],
]);

/** Fields of alerts that may also describe a trigger. */
const DESCRIBING: readonly string[] = ["id", "name", "description", "note"];

/** Why Keep ignores a field of a trigger, and starts the workflow more often than written; undefined if it reads it, or it is no condition. */
function ignoredFault(trigger: Readonly<Record<string, unknown>>, type: string, field: string): string | undefined {
    const own = READ.get(type) ?? [];
    if (isEmpty(trigger[field]) || trigger[field] === false || own.includes(field)) {
        return undefined;
    }
    const [reader = ""] = [...READ].find(([, fields]) => fields.includes(field)) ?? [];
    if (reader !== "") {
        const isCondition = reader === "alert" && type !== "manual";
        const help = isCondition
            ? `Write it as if of each step, such as if: "'{{ ${type === "incident" ? "incident.severity" : "steps.a.results.severity"} }}' == 'critical'"`
            : "Remove it, or correct the type";
        return `is read by Keep in triggers of the type ${reader} only, but this one has the type ${type}. ${help}`;
    }
    const isForAll = type === "alert" && trigger.cel === undefined && trigger.filters === undefined;
    return isForAll && isAlertField(field) && !DESCRIBING.includes(field)
        ? "is not read by Keep, which starts the workflow for every alert. Write it as cel, such as severity == 'critical' && source[0] == 'prometheus'"
        : undefined;
}

/** A trigger. Keep ignores those of other types. */
export const trigger = known(
    z.looseObject({ type: oneOf([...TRIGGERS.keys()]) }, { error: "must be an object" }).check(({ value, issues }) => {
        const { error } = TRIGGERS.get(value.type)?.safeParse(value) ?? {};
        issues.push(
            ...(error?.issues ?? []).map(({ message, path }) => ({
                code: "custom" as const,
                message,
                path,
                input: value,
            })),
            ...Object.keys(value).flatMap((field) => {
                const message = ignoredFault(value, value.type, field);
                return message === undefined ? [] : [{ code: "custom" as const, message, path: [field], input: value }];
            }),
        );
    }),
    ["type", ...[...READ.values()].flat()],
    placeInTrigger,
);
