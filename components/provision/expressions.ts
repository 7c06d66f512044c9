/** The first words of names that messages suggest. */
const USUAL: readonly string[] = [
    "alert",
    "incident",
    "event",
    "steps",
    "actions",
    "foreach",
    "consts",
    "vars",
    "secrets",
    "inputs",
];
/** What Keep finds by the first word of a name (keep/contextmanager/contextmanager.py, get_full_context); `fn` is of keep/iohandler. */
const ROOTS = [...USUAL, "aliases", "last_workflow_results", "last_workflow_run_time"];

/** What Keep stores of a step. */
const STEP_FIELDS: readonly string[] = ["results", "provider_parameters", "vars", "aliases", "conditions"];

/** Names of a workflow, which may have blanks. */
export interface Names {
    readonly steps: readonly string[];
    readonly consts: readonly string[];
    /** Conditions, whose results Keep finds by their name or alias; undefined if actions of elsewhere may have more. */
    readonly conditions: readonly string[] | undefined;
}

// Keep evaluates the result of `if` once more, so that a text alone is not a condition (keep/step/step.py, _run_single).
const COMPARE =
    "Write operators outside of the braces, in if, and compare each text, such as if: \"'{{ alert.severity }}' == 'critical' and '{{ alert.name }}' != ''\"";
/** Keep parses the arguments as Python, after the names in braces are replaced (keep/iohandler/iohandler.py, _parse_token). */
const AROUND =
    "Write a function of Keep around the braces: a text in quotes, as in keep.strip('{{ alert.name }}'), and a list or an object without, as in keep.len({{ steps.a.results }}) or keep.dictget({{ alert.labels }}, 'the key')";
const OPERATOR = new RegExp(
    String.raw`==|!=|[<>]=|&&|\|\||\s[<>=?]\s|\s(?:and|or|in|is|[-+*/%])\s+(?:not\s|['"]|(?:${USUAL.join("|")})\.)|^(?:not\s|!)`,
);

/**
 * Why Keep finds nothing for what is in braces: they are Mustache, not Jinja (keep/iohandler/iohandler.py, render_recursively). A parameter
 * then fails each time, and a condition is false without an error.
 */
export function tagFault(text: string, names: Names): string | undefined {
    // Another pair of signs in place of the braces.
    if (text.includes("{{=")) {
        return undefined;
    }
    const isInSection = /\{\{[#^](?!fn\.)/.test(text);
    for (const [, sign = "", inside = ""] of text.matchAll(/\{\{([#^/&>!{]?)([^}]*)\}\}/g)) {
        const name = inside.trim();
        const help = "!>".includes(sign) && sign !== "" ? undefined : helpOf(name, names, isInSection);
        if (help !== undefined) {
            return `has {{ ${name} }}, which is no name in Keep's templates. ${help}`;
        }
    }
    return undefined;
}

/** What to write in place of what no name can be; undefined for a name. */
function helpOf(name: string, names: Names, isInSection: boolean): string | undefined {
    const rest = withoutKnown(name, names);
    const [path = ""] = /^[^|[]*/.exec(name) ?? [];
    if (/\|(?!\|)/.test(rest.replaceAll("||", ""))) {
        return helpOfFilter(path.trim(), rest);
    }
    if (/^[#^/&]/.test(name)) {
        return `Remove the blank before ${name.slice(0, 1)}`;
    }
    const [, optional, otherwise = ""] = /^([\w.-]+)\s+or\s+['"]([^'"]*)['"]$/.exec(name) ?? [];
    if (optional !== undefined) {
        return withDefault(optional, otherwise);
    }
    if (OPERATOR.test(rest)) {
        return COMPARE;
    }
    if (/^(?:alert|event|incident)\.[^]*\(|\.get\(|^keep\.\w+\(/.test(rest)) {
        return AROUND;
    }
    if (/\[\s*(?:-?\d|['":])/.test(rest)) {
        return helpOfIndex(name, path);
    }
    const [root = ""] = rest.split(".");
    if (rest !== "." && root === "") {
        return "Remove the dot in front";
    }
    const isKnown = [...ROOTS, "fn", ...(names.conditions ?? [root])].includes(root.trim());
    if (!isInSection && !isKnown) {
        return names.steps.includes(root)
            ? `Write {{ steps.${root}.results }}`
            : root === "env"
              ? "Write {{ env.NAME }} in config.authentication only, and {{ secrets.NAME }} here"
              : root === "providers"
                ? "Write providers in config only"
                : `Begin with one of ${USUAL.join(", ")}`;
    }
    const [, field] = /^(?:steps|actions)\.\.(\w+)/.exec(rest) ?? [];
    return field === undefined || STEP_FIELDS.includes(field)
        ? undefined
        : `Write ${STEP_FIELDS[0]} in place of ${field}, or another of ${STEP_FIELDS.join(", ")}`;
}

/** A name without that of a step or a constant, which may contain anything. */
function withoutKnown(name: string, { steps, consts }: Names): string {
    const [, root = "", rest = ""] = /^(steps|actions|consts)\.([^]*)$/.exec(name) ?? [];
    const known = (root === "consts" ? consts : steps)
        .filter((one) => one !== "" && rest.startsWith(one) && !/^[\w-]/.test(rest.slice(one.length)))
        .sort((a, b) => b.length - a.length);
    return known[0] === undefined ? name : `${root}.${rest.slice(known[0].length)}`;
}

function helpOfFilter(path: string, rest: string): string {
    const [, filter = ""] = /\|\s*(\w*)/.exec(rest) ?? [];
    if (filter === "default") {
        const [, otherwise = "N/A"] = /default\(\s*['"]?([^'")]*)['"]?/.exec(rest) ?? [];
        return withDefault(path, otherwise);
    }
    return ["upper", "lower"].includes(filter) ? `Write {{#fn.${filter}}}{{ ${path} }}{{/fn.${filter}}}` : AROUND;
}

/** The inverted section ends the error about a name that is not found (keep/iohandler/iohandler.py, _render). */
function withDefault(path: string, otherwise: string): string {
    return `Write {{ ${path} }}{{^${path}}}${otherwise}{{/${path}}}, which also adds ${otherwise} after 0 and False`;
}

function helpOfIndex(name: string, path: string): string {
    const [, key] = /\[\s*['"]([^'"]*\.[^'"]*)['"]/.exec(name) ?? [];
    if (/\[[^\]'"]*:/.test(name)) {
        return `Write keep.slice('{{ ${path.trim()} }}', 0, 5) around the braces`;
    }
    return key === undefined
        ? `Write {{ ${name.replace(/\[\s*['"]?([^\]'"]*)['"]?\s*\]/g, ".$1")} }}`
        : `For a key with a dot, write keep.dictget({{ ${path.trim()} }}, '${key}')`;
}

/** Why Keep never runs a step with this `if`, or fails: it evaluates Python (keep/step/step.py, _run_single). */
export function conditionFault(text: string): string | undefined {
    const plain = text.replace(/\{\{\{?[^}]*\}\}\}?/g, "{}").replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, '""');
    // A text that has no end.
    if (/['"]/.test(plain.replaceAll('""', ""))) {
        return undefined;
    }
    const wrong = (sign: string, right: string) =>
        `has ${sign} outside of texts, but Keep evaluates Python. Write ${right}`;
    const [, name] = new RegExp(String.raw`(?<![\w.])((?:${USUAL.join("|")})\.\w[\w.-]*)`).exec(plain) ?? [];
    if (plain.includes("&&")) {
        return wrong("&&", "and");
    }
    if (plain.includes("||")) {
        return wrong("||", "or");
    }
    if (/!(?!=)/.test(plain) || text.includes("{{!")) {
        return wrong("!", "not");
    }
    if (/[}"]\s*=(?!=)/.test(plain)) {
        return wrong("a single =", "==");
    }
    return name && `has ${name} outside of braces, so Keep fails to evaluate it. Write {{ ${name} }}`;
}

/** Why Keep runs a step with this `foreach` for nothing: it only follows a path of words (keep/step/step.py, _get_foreach_items). */
export function foreachFault(text: string, names: Names): string | undefined {
    const paths = text
        .split("&&")
        .map((part) => withoutKnown(part.replaceAll("{{", "").replaceAll("}}", "").trim(), names).split("."));
    const isPath = ([root = "", ...words]: readonly string[]) =>
        [...ROOTS, "providers"].includes(root.trim()) &&
        words.every((word) => !/^\s*-?\d+\s*$|[|[\]{}()'"=<>]/.test(word));
    return text.trim() === "" || paths.every(isPath)
        ? undefined
        : "must be the path of a list, such as {{ steps.a.results }}, or several joined by &&. Keep runs the step for nothing else: no index, no function, no filter, no list";
}
