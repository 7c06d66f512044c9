import { readFileSync } from "node:fs";
import { join } from "node:path";

import { tagOf } from "../../fields/images";
import { hasLater } from "../../tokens";
import { fixOf } from "./names";
import { rowsOf } from "./table";
import { factorOf, isMemory, meantUnit, numeralOf, rounded, sizeOf, unitNames, withUnit } from "./units";

/** A parameter of PostgreSQL, as in its view pg_settings (https://www.postgresql.org/docs/17/view-pg-settings.html). */
export interface Parameter {
    /** Name in lower case. */
    readonly name: string;
    /** When it can be set; `internal`: never. */
    readonly context: string;
    /** Type: bool, enum, integer, real or string. */
    readonly type: string;
    /** Unit of a number without one, such as 8kB; empty: it takes none. */
    readonly unit: string;
    readonly min: number;
    readonly max: number;
    /** Values of an enumeration. */
    readonly words: readonly string[];
}

/** All parameters by name, in lower case. */
export type Parameters = ReadonlyMap<string, Parameter>;

/** Major version of PostgreSQL whose parameters are known. */
const MAJOR = "17";

/**
 * The parameters of the PostgreSQL in an image.
 * @returns undefined if the tag of the image is not one of PostgreSQL 17
 */
export function parametersOf(image: string): Parameters | undefined {
    return new RegExp(`^${MAJOR}(\\D|$)`).test(tagOf(image) ?? "") ? postgresParameters() : undefined;
}

/** Reads the parameters of PostgreSQL 17. */
export function postgresParameters(): Parameters {
    return parametersIn(readFileSync(join(__dirname, `postgres${MAJOR}.tsv`), "utf8"));
}

/** Parses the rows of pg_settings, in the format of postgres17.tsv. */
export function parametersIn(table: string): Parameters {
    return new Map(
        rowsOf(table).map(([name = "", context = "", type = "", unit = "", min, max, words = ""]) => {
            const limits = { min: Number(min), max: Number(max) };
            return [name, { name, context, type, unit, ...limits, words: words.split(",") }];
        }),
    );
}

/**
 * Why PostgreSQL does not start with a parameter, or ignores it; undefined if it uses it. The reason does not contain
 * the value.
 * @param name in lower case
 */
export function parameterFault(parameters: Parameters, name: string, value: string): string | undefined {
    const parameter = parameters.get(name);
    if (parameter === undefined) {
        return nameFault(parameters, name);
    }
    const { context, type, words } = parameter;
    if (hasLater(value)) {
        return undefined;
    }
    if (context === "internal") {
        return "cannot be set: PostgreSQL decides it when it is built, or when it creates its data. Remove it";
    }
    switch (type) {
        case "bool":
            return isOn(value) === undefined ? "is not a boolean. Use on or off" : undefined;
        case "enum": {
            const isWord = words.some((word) => word.toLowerCase() === value.toLowerCase());
            return isWord || (words.includes("on") && isOn(value) !== undefined)
                ? undefined
                : `is not a known value. Use one of ${words.filter((word) => word !== "").join(", ")}`;
        }
        case "string":
            return isTimeZone(name) && !isKnownZone(value)
                ? "is not a time zone. Use a name of the tz database, such as Europe/Berlin"
                : undefined;
        default:
            return numberFault(parameter, value);
    }
}

/** Bytes of a parameter of memory; undefined if the value is not a number. */
export function bytesOf(parameters: Parameters, name: string, value: string): number | undefined {
    const base = parameters.get(name)?.unit ?? "";
    const numeral = numeralOf(value);
    const factor = numeral && factorOf(numeral.unit, base);
    return numeral === undefined || factor === undefined ? undefined : numeral.number * factor * sizeOf(base);
}

/**
 * The value of a boolean: the unambiguous beginning of a word (src/backend/utils/adt/bool.c, parse_bool_with_len).
 * @returns undefined if it is not one
 */
export function isOn(value: string): boolean | undefined {
    if (/^(t|tr|tru|true|y|ye|yes|on|1)$/i.test(value)) {
        return true;
    }
    return /^(f|fa|fal|fals|false|n|no|of|off|0)$/i.test(value) ? false : undefined;
}

function nameFault(parameters: Parameters, name: string): string | undefined {
    const [, namespace = ""] = /^(.*?)\./.exec(name) ?? [];
    const siblings = [...parameters.keys()].filter((other) => other.startsWith(`${namespace}.`));
    // Extensions define parameters with a namespace. The server accepts those of extensions that it does not know.
    if (namespace !== "" && siblings.length === 0) {
        return /^[a-z_][\w$]*(\.[a-z_][\w$]*)+$/i.test(name)
            ? undefined
            : "is not the name of a parameter. Begin each part between dots with a letter or an underscore";
    }
    const names = namespace === "" ? [...parameters.keys()] : siblings;
    const fix = fixOf(name, names, `https://www.postgresql.org/docs/${MAJOR}/runtime-config.html`);
    return `is not a parameter of ${namespace === "" ? `PostgreSQL ${MAJOR}` : namespace}. ${fix}`;
}

/** Parameters that must be digits for every engine, so that the rules of keep:size can add them. */
const COUNTED = ["max_connections", "reserved_connections", "superuser_reserved_connections"];

function numberFault({ max, min, name, type, unit: base }: Parameter, value: string): string | undefined {
    if (COUNTED.includes(name) && !/^\d+$/.test(value)) {
        return undefined;
    }
    const isWhole = type === "integer";
    const numeral = numeralOf(value, isWhole);
    const factor = numeral && factorOf(numeral.unit, base);
    if (numeral === undefined || factor === undefined) {
        return formatFault(base, numeral);
    }
    const amount = numeral.number * factor;
    const used = isWhole ? rounded(amount) : amount;
    if (used >= min && used <= max) {
        return checkFault(name, used);
    }
    const bare = base !== "" && numeral.unit === "" ? `; a number without a unit counts ${base}` : "";
    return `is out of range. Use ${withUnit(min, base)} to ${withUnit(max, base)}${bare}`;
}

/** Conditions of parameters that their limits do not express (check hooks in src/backend/utils/misc/guc_tables.c). */
function checkFault(name: string, used: number): string | undefined {
    const isOfPages =
        /^(commit_timestamp|multixact_(member|offset)|notify|serializable|(sub)?transaction)_buffers$/.test(name);
    if (isOfPages && used % 16 !== 0) {
        return "is not a multiple of 16 pages of 8kB. Use one, such as 128kB";
    }
    return name === "vacuum_buffer_usage_limit" && used > 0 && used < 128
        ? "is out of range. Use 128kB to 16GB, or 0"
        : undefined;
}

function formatFault(base: string, numeral: ReturnType<typeof numeralOf>): string {
    if (base === "") {
        return "is not a number. Write it without a unit";
    }
    const meant = numeral && meantUnit(numeral.unit, base);
    if (numeral !== undefined && meant !== undefined) {
        return `has an unknown unit. Write ${numeral.number}${meant}`;
    }
    const [what, example] = isMemory(base) ? ["an amount of memory", "64MB"] : ["a duration", "500ms"];
    return `is not ${what}. Write a number and a unit (${unitNames(base).join(", ")}), such as ${example}`;
}

function isTimeZone(name: string): boolean {
    return name === "timezone" || name === "log_timezone";
}

/** Whether a time zone exists. Those with digits can also be rules, such as EST5EDT. */
function isKnownZone(zone: string): boolean {
    if (/\d/.test(zone)) {
        return true;
    }
    try {
        return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
    } catch {
        return false;
    }
}
