import { nearest } from "../fields/nearest";
import { isAlertField } from "./alertFields";

/** Types of Keep's CEL (base_functions in celpy/evaluation.py of cel-python 0.1.5), which are also functions. */
const TYPES: readonly string[] = [
    "bool",
    "bytes",
    "double",
    "duration",
    "int",
    "list",
    "map",
    "null_type",
    "string",
    "timestamp",
    "type",
    "uint",
];

/** Other functions of the same table. */
const FUNCTIONS: readonly string[] = [
    ...TYPES,
    "contains",
    "endsWith",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "matches",
    "size",
    "startsWith",
];

/** What an expression can call, by itself and after a dot; what is said of others, and what to call instead. */
interface Functions {
    readonly named: readonly string[];
    readonly methods: readonly string[];
    readonly what: string;
    readonly instead: string;
}

/** With the macros (primary and member_dot_arg in the same file). */
const EVALUATED: Functions = {
    named: [...FUNCTIONS, "dyn", "has"],
    methods: [...FUNCTIONS, "all", "exists", "exists_one", "filter", "map", "min", "reduce"],
    what: "Keep's CEL does not have",
    instead: "Use another one, such as name.matches('(?i)^cpu')",
};

/** What Keep can convert (keep/api/core/cel_to_sql/cel_ast_converter.py). */
const CONVERTED: Functions = {
    named: ["has"],
    methods: ["contains", "startsWith", "endsWith"],
    what: "Keep cannot convert here",
    instead: "Use only has, contains, startsWith and endsWith, such as name.contains('CPU')",
};

/** What Keep does with an expression: it evaluates it, and converts it as well to list the rules, or only makes it a query of its database. */
export type Use = "evaluated" | "converted" | "queried";

const CALL = /(\.?)\s*\b(?!in\b)([A-Za-z_]\w*)\s*\(/g;

/** A word alone that is compared, and a list or text of what is compared: not a path, a call or the beginning of a sum. */
const COMPARED = /(?:[=!]=|(?<![\w.])severity\s*[<>]=?)\s*([A-Za-z_]\w*(?:-\w+)*)(?![\w'"-]|\s*[.([{+*/%]|\s+-)/g;
const SOUGHT = /\.(?:contains|startsWith|endsWith|matches)\(\s*([A-Za-z_]\w*(?:-\w+)*)\s*\)/g;
const LISTED = /\bin\s*\[([^[\]]*)\]/g;
const WORD = /^[A-Za-z_]\w*(?:-\w+)*$/;

/** Names joined by a dash or a slash without blanks, the last not that of a function. */
const JOINED = /(?<![\w.\])])[A-Za-z_]\w*(?:[./-]\w+)*[-/][A-Za-z_]\w*(?:[./-]\w+(?!\w*\s*\())*(?!\w*\s*\()/g;

/** A value before an operator, which Keep compares with a word of the query in place of the field (convert_to_sql_str_v2 in base.py). */
const REVERSED = /(?:''|(?<![\w.])(?:\d+|true|false|null))\s*(?:[=!]=|[<>]=?)\s*[A-Za-z_]/;

/** The fields with numbers, of which a difference is meant. */
const NUMBER = /\b(?:firing|unresolved)Counter\b/;

/**
 * What is wrong with the names in an expression without texts, as the rest of a sentence. Keep compiles such an expression, which then fails
 * for every alert.
 */
export function nameFault(code: string, use: Use): string | undefined {
    const plain = code.replace(/\/\/.*$/gm, "");
    if (use === "queried" && REVERSED.test(plain)) {
        return "must have fields before values, such as name == 'a', because Keep compares no field here otherwise";
    }
    return (
        unknownFunction(plain, use === "evaluated" ? EVALUATED : CONVERTED) ??
        withoutQuotes(plain, use) ??
        subtraction(plain, use)
    );
}

function unknownFunction(code: string, { named, methods, what, instead }: Functions): string | undefined {
    for (const [, dot = "", name = ""] of code.matchAll(CALL)) {
        const known = dot === "" ? named : methods;
        if (!known.includes(name)) {
            // Names of three or four letters are near to others by chance.
            const meant = name.length > 4 ? nearest(name, known) : undefined;
            return `must not call ${name}, which ${what}. ${meant === undefined ? instead : `Write ${meant}`}`;
        }
    }
    return undefined;
}

function withoutQuotes(code: string, use: Use): string | undefined {
    const listed = [...code.matchAll(LISTED)].flatMap(([, list = ""]) => list.split(",").map((part) => part.trim()));
    const compared = [COMPARED, SOUGHT].flatMap((form) => [...code.matchAll(form)].map(([, word = ""]) => word));
    const word = [...compared, ...listed.filter((part) => WORD.test(part))].find(
        (one) => !VALUES.includes(one) && (use === "queried" || !isField(one, code)),
    );
    if (word === undefined) {
        return undefined;
    }
    if (VALUES.includes(word.toLowerCase())) {
        return `must have ${word.toLowerCase()} in place of ${word}`;
    }
    const quoted = `must have quotes around ${word}, as in '${word}'`;
    return use === "queried"
        ? `${quoted}, because Keep compares fields only with values here`
        : `${quoted}. For a field of that name, write (${word})`;
}

/** Words that are values of CEL. */
const VALUES: readonly string[] = ["true", "false", "null"];

/** Whether a word alone is a type of CEL, a field of alerts, a variable of a macro, or a field elsewhere in the expression. */
function isField(written: string, code: string): boolean {
    const [word = ""] = written.split("-");
    return (
        TYPES.includes(word) ||
        isAlertField(word) ||
        new RegExp(
            String.raw`\((?:\s*\w+\s*,)?\s*${word}\s*,|\b(?:type|size)\(\s*${word}\b|(?<![\w.])${word}\s*(?:[.[<>]|[=!]=|\bin\b)`,
        ).test(code)
    );
}

function subtraction(code: string, use: Use): string | undefined {
    const [joined] = [...code.matchAll(JOINED)].map(([name]) => name).filter((name) => !NUMBER.test(name));
    if (joined === undefined) {
        return undefined;
    }
    const [, operator = ""] = /([-/])/.exec(joined) ?? [];
    const [, object, field = ""] = /^(\w+)\.(.+)$/.exec(joined) ?? [];
    const way =
        object === undefined
            ? "CEL cannot name such a field, so compare another one"
            : `For a field of that name, write ${object}['${field}']`;
    const calculation = use === "queried" ? "" : `. To calculate, put blanks around ${operator}`;
    return `must not have ${joined}, which is a ${operator === "-" ? "subtraction" : "division"} in CEL. ${way}${calculation}`;
}
