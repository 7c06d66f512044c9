import * as z from "zod";

import type { Group } from "./regexGroups";

/** Severities of alerts (keep/api/models/alert.py), which Keep makes numbers in some expressions. */
export const SEVERITIES: readonly string[] = ["critical", "high", "warning", "info", "low"];

/** Statuses of alerts (keep/api/models/alert.py). */
export const STATUSES: readonly string[] = [
    "firing",
    "resolved",
    "acknowledged",
    "suppressed",
    "pending",
    "maintenance",
];

/** What a field of alerts takes. */
interface Field {
    readonly values: z.ZodType;
    /** The values, as the rest of a sentence; undefined if there are none. */
    readonly what: string | undefined;
    /** What Keep does with others, as the rest of the same sentence. */
    readonly otherwise: string;
    /** Where all values are words, an example of an expression for some. */
    readonly example?: string;
    /** How an expression begins for text that the field takes. Without it, the field takes only some words, or no text. */
    readonly beginning?: RegExp;
    /** A beginning of each such expression. */
    readonly start?: string;
    /** Whether the field takes no text. */
    readonly isNoText?: boolean;
    /** Whether the field takes null, as that of a group that matches nothing. */
    readonly isNullable?: boolean;
}

function field(values: z.ZodType, what: string | undefined, more: Partial<Field> = {}): Field {
    return { values, what, otherwise: "or Keep does not show the alert", isNullable: true, ...more };
}

function words(values: readonly string[], otherwise: string): Field {
    return field(z.literal(values), `one of ${values.join(", ")}`, {
        otherwise: `because Keep takes others for ${otherwise}`,
        example: values.slice(0, 2).join("|"),
        isNullable: false,
    });
}

function never(otherwise: string): Field {
    return field(z.never(), undefined, { otherwise, isNoText: true });
}

/** Text, to which Keep's model converts numbers and booleans. */
const text = field(z.union([z.string(), z.number(), z.boolean()]), "text", { beginning: /^/ });

const object = z.record(z.string(), z.unknown());
const required = { isNullable: false };
const noText = { isNoText: true, ...required };

const flag = field(
    z.union([z.boolean(), z.literal([0, 1]), z.string().regex(/^(?:true|false|yes|no|on|off|[tfyn01])$/i)]),
    "true or false",
);
const count = field(z.union([z.number(), z.boolean(), z.string().regex(/^\s*[+-]?\d+\s*$/)]), "a whole number", {
    beginning: /^(?:\\d|\[0-9\])[+{]/,
    ...required,
});

/** Hosts as pydantic takes them, with a port. */
const CHUNK = String.raw`[_0-9A-Za-\u{40000}](?:[-_0-9A-Za-\u{40000}]{0,61}[_0-9A-Za-\u{40000}])?`;
const PORT = String.raw`(?::0*(?:[1-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?`;
const HOST = String.raw`(?:${CHUNK}\.)*${CHUNK}\.?${PORT}`;

/** Keep puts https:// before text that does not begin with http, and escapes all but a few characters, also in the host (prepend_https). */
const PAGE = new RegExp(
    String.raw`^\s*(?:https?://|(?!http))(?=[\w.~:-]+(?:[/?#]|\s*$))${HOST}(?:[/?#][^]*|\s*)$|^\s*$`,
    "u",
);
const IMAGE = new RegExp(
    String.raw`^\s*https?://(?:[^\s/?#@]*@)?(?:${HOST}|\[[0-9a-f:.]+\]${PORT})(?:[/?#]\S*)?\s*$`,
    "iu",
);

/** Times in ISO 8601, or in seconds since 1970 (validate_last_received). */
const TIME =
    /^(?:\d{4}(?:-?\d\d-?\d\d|-?W\d\d(?:-?\d)?)(?:[^\d][\d:.,]+(?:Z|[+-][\d:]+)?)?|[+-]?\d{1,10}(?:\.\d*)?Z?|)$/;
/** The form in which Keep compares a time with the present (validate_dismissed). */
const END = /^(?:\d{4}-\d\d?-\d\d?T\d\d?:\d\d?:\d\d?\.\d{1,6}Z|forever|)$/;
const time = { beginning: /^(?:20)?(?:\\d|\[0-9\])(?:\{[24]\}|\\d)*-/, start: String.raw`\d{4}-` };

/**
 * Fields of Keep's alerts (keep/api/models/alert.py, AlertDto). Keep sets fields by a mapping, an extraction and `enrich_alert` without
 * validation, and then leaves out an alert that is invalid wherever it lists alerts (keep/api/utils/enrichment_helpers.py).
 */
const FIELDS = new Map<string, Field>([
    // Keep shows a number as a severity, but compares it with none (keep/rulesengine/rulesengine.py).
    ["severity", words(SEVERITIES, "info")],
    ["status", words(STATUSES, "firing")],
    ["name", { ...text, ...required }],
    [
        "dismissed",
        field(z.union([z.string().regex(/^(?:true|false|)$/i), z.boolean(), z.literal([0, 1])]), "true or false", {
            otherwise: "because Keep takes others for false",
            ...required,
        }),
    ],
    [
        "url",
        // An expression for any text, or for a path, matches other text as well.
        field(z.string().regex(PAGE), "a URL, such as https://wiki.example.com/checkout", {
            beginning: /^(?!\(*(?:\?:)?(?:\.|\\[SDW]|\[\^|\\?\/))/,
            start: "https?://",
        }),
    ],
    [
        "imageUrl",
        field(z.string().regex(IMAGE), "a URL, such as https://example.com/logo.png", {
            beginning: /^(?:\(|\?:|\\b)*https?/,
            start: "https?://",
        }),
    ],
    ["source", field(z.array(text.values), "a list of texts", { isNoText: true })],
    ["labels", field(z.union([object, z.literal(""), z.array(z.never())]), "an object", { isNoText: true })],
    ["lastReceived", field(z.string().regex(TIME), "a time, such as 2026-12-24T22:00:00Z", time)],
    ["dismissUntil", field(z.string().regex(END), "forever, or a time such as 2026-12-24T22:00:00.000Z", time)],
    ["description_format", field(z.literal(["markdown", "html"]), "markdown or html", { example: "markdown|html" })],
    ["assignees", field(object, "an object", noText)],
    ["deleted", field(z.array(z.unknown()), "a list of times", noText)],
    ["enriched_fields", field(z.array(z.unknown()), "a list", noText)],
    // A number ends all mapping rules after it.
    ["id", never("because it is Keep's name for the alert")],
    // A method of the model.
    ["dict", never("or Keep fails to list alerts")],
    // Keep stores what it adds to an alert by its fingerprint.
    ["fingerprint", never("because Keep then loses other fields, or the alert")],
    ...["firingCounter", "unresolvedCounter"].map((name) => [name, count] as const),
    ...["pushed", "isNoisy"].map((name) => [name, { ...flag, ...required }] as const),
    ...["isFullDuplicate", "isPartialDuplicate"].map((name) => [name, flag] as const),
    ...[
        ...["environment", "service", "message", "description", "note", "assignee", "incident", "duplicateReason"],
        ...["apiKeyRef", "event_id", "providerId", "providerType"],
        ...["startedAt", "firingStartTime", "firingStartTimeSinceLastResolved"],
    ].map((name) => [name, text] as const),
]);

/** Whether alerts have a field. */
export function isAlertField(name: string): boolean {
    return FIELDS.has(name);
}

/** Why a value is wrong for a field, which is here called a column or a key, as the rest of a sentence. */
export function valueFault(name: string, value: unknown, called: string): string | undefined {
    const found = FIELDS.get(name);
    if (found === undefined || found.values.safeParse(value).success) {
        return undefined;
    }
    return found.what === undefined
        ? `must not be set, ${found.otherwise}. Rename the ${called}`
        : `must be ${found.what}, ${found.otherwise}. Correct the value, or rename the ${called}`;
}

/** Why text that only Keep knows is wrong for a field. */
export function textFault(name: string, called: string): string | undefined {
    return FIELDS.get(name)?.isNoText === true ? valueFault(name, "text", called) : undefined;
}

/** Whether a field can have several values. Keep reads only the first `source`. Undefined for fields that only the user knows. */
export function hasSeveral(name: string): boolean | undefined {
    const values = name === "source" ? text.values : FIELDS.get(name)?.values;
    return values && [{}, []].some((value) => values.safeParse(value).success);
}

/** Why a group of an extraction is wrong for its field, as the rest of a sentence about the expression. Keep drops `source`. */
export function groupFault({ name, body, isOptional, ignoresCase }: Group): string | undefined {
    const found = name === "source" ? undefined : FIELDS.get(name);
    if (found === undefined) {
        return undefined;
    }
    const { values, what, otherwise, example, beginning = /(?!)/, start, isNullable } = found;
    const texts = body
        .replaceAll("\\b", "")
        .replace(/^\((?:\?:)?([^()]*)\)$/, "$1")
        .split("|");
    const areRight = (all: readonly string[]) =>
        all.every((part) => /^[\w-]+$/.test(part) && values.safeParse(part).success);
    if (!areRight(texts) && !beginning.test(body)) {
        const help = [
            ...(example === undefined ? [] : [`write only its values, such as (?P<${name}>${example})`]),
            ...(start === undefined ? [] : [`begin it with ${start}`]),
            `rename ${example === undefined && start === undefined ? "the group" : "it"}`,
        ].join(", or ");
        const map = name === "severity" || name === "status" ? `, and add a mapping from it to ${name}` : "";
        const which = what === undefined ? "" : ` which must be ${what},`;
        return `must not have this group ${name},${which} ${otherwise}. ${help.charAt(0).toUpperCase()}${help.slice(1)}${map}`;
    }
    if (ignoresCase && areRight(texts) && !areRight(texts.map((part) => part.toUpperCase()))) {
        return `must not ignore the case of the group ${name}, ${otherwise}. Write the group as (?-i:(?P<${name}>${body}))`;
    }
    return isOptional && isNullable !== true
        ? `must have its group ${name} in each match, ${otherwise}. Make it required, or rename it`
        : undefined;
}
