import { at, type ChartValues, isRecord, type Left, list, own, type Reference, text } from "./row";

/** Tiers of the chart. */
export type ChartTier = "backend" | "frontend" | "websocket";

/** An environment variable in the values. */
export interface Variable {
    readonly tier: ChartTier;
    readonly name: string;
    /** Its position in the values, such as `backend.env KEYCLOAK_REALM`. */
    readonly from: string;
    readonly content: { readonly value: string } | { readonly reference: Reference };
    /** Whether the chart stores it in a Secret. */
    readonly isSecret: boolean;
}

/** Values of the chart that set variables. Earlier ones take precedence. */
export const SOURCES = ["env", "envRender", "envRenderSecret"] as const;

/** Variables in the chart's default backend.env, which a list in the values replaces. */
const DEFAULT_NAMES = [
    "DATABASE_CONNECTION_STRING",
    "DATABASE_NAME",
    "PORT",
    "PROMETHEUS_MULTIPROC_DIR",
    "PUSHER_APP_ID",
    "PUSHER_APP_KEY",
    "PUSHER_APP_SECRET",
    "PUSHER_HOST",
    "PUSHER_PORT",
    "SECRET_MANAGER_TYPE",
];

/** The variables that one value of the chart sets, such as `backend.envRender`, and its invalid entries. */
export function variablesOf(
    tier: ChartTier,
    source: (typeof SOURCES)[number],
    values: ChartValues,
): (Left | Variable)[] {
    const path = `${tier}.${source}`;
    const given = at(values, path);
    const found =
        source === "env"
            ? list(given).map((entry, index) => listed(tier, `${path}[${index}]`, entry))
            : Object.entries(isRecord(given) ? given : {}).map(([name, value]) =>
                  plain({ tier, name, from: `${path} ${name}`, isSecret: source === "envRenderSecret" }, value),
              );
    const winners = new Map(found.filter(isVariable).map((variable) => [variable.name, variable]));
    return found.map((variable) => {
        const by = isVariable(variable) && shadow(variable.name, source, tier, values);
        return !isVariable(variable) || (winners.get(variable.name) === variable && by === false)
            ? variable
            : {
                  value: variable.from,
                  because: `${by === false ? `${path} again` : by} sets the variable, and takes precedence.`,
              };
    });
}

/** The variable with a name in a tier's container; undefined if the values do not set it. */
export function variable(values: ChartValues, tier: ChartTier, name: string): Variable | undefined {
    return SOURCES.flatMap((source) => variablesOf(tier, source, values))
        .filter(isVariable)
        .find((candidate) => candidate.name === name);
}

/** The text of the variable with a name; undefined if it is not set, or is a reference. */
export function valueOf(values: ChartValues, tier: ChartTier, name: string): string | undefined {
    const found = variable(values, tier, name);
    return found !== undefined && "value" in found.content ? found.content.value : undefined;
}

/** Whether an entry is a variable. */
export function isVariable(candidate: Left | Variable): candidate is Variable {
    return "name" in candidate;
}

/** The value of the chart that takes precedence for the same variable; false: none. */
function shadow(name: string, source: (typeof SOURCES)[number], tier: ChartTier, values: ChartValues): string | false {
    const stronger = SOURCES.slice(0, SOURCES.indexOf(source)).find((other) => {
        const given = at(values, `${tier}.${other}`);
        return other !== "env"
            ? own(given, name) !== undefined
            : given === undefined && tier === "backend"
              ? DEFAULT_NAMES.includes(name)
              : list(given).some((entry) => own(entry, "name") === name);
    });
    return stronger === undefined ? false : `${tier}.${stronger}`;
}

function listed(tier: ChartTier, path: string, entry: unknown): Left | Variable {
    const name = text(own(entry, "name"));
    if (!isRecord(entry) || name === undefined) {
        return { value: path, because: "It has no name of a variable." };
    }
    const base = { tier, name, from: `${tier}.env ${name}`, isSecret: false };
    // The chart does not read Kubernetes' valueFrom, but the intention is clear.
    const source = isRecord(entry.valueFrom) ? entry.valueFrom : entry;
    const { secretKeyRef, configMapKeyRef, fieldRef } = source;
    if (isRecord(secretKeyRef) || isRecord(configMapKeyRef)) {
        return referenced(base, isRecord(secretKeyRef) ? "secret" : "configMap", secretKeyRef ?? configMapKeyRef);
    }
    if (fieldRef !== undefined && fieldRef !== false && fieldRef !== null) {
        // The only field in the chart's template (charts/keep/templates/backend.yaml).
        const field = text(own(fieldRef, "fieldPath")) ?? "metadata.namespace";
        return { ...base, content: { reference: { field } } };
    }
    return plain(base, entry.value);
}

function referenced(base: Omit<Variable, "content">, kind: "configMap" | "secret", given: unknown): Left | Variable {
    const name = base.name === UNNAMABLE ? undefined : (text(own(given, "secretName")) ?? text(own(given, "name")));
    const key = text(own(given, "secretKey")) ?? text(own(given, "key"));
    if (name === undefined || key === undefined) {
        return { value: base.from, because: "Its reference has no name or no key." };
    }
    const reference = kind === "secret" ? { secret: { name, key } } : { configMap: { name, key } };
    return isTemplate(name) || isTemplate(key)
        ? { value: base.from, because: TEMPLATE }
        : { ...base, content: { reference } };
}

function plain(base: Omit<Variable, "content">, value: unknown): Left | Variable {
    if (base.name === UNNAMABLE) {
        return { value: base.from, because: "The name is not valid." };
    }
    if (value === undefined || value === null || typeof value === "object") {
        return { value: base.from, because: "Its value is not text." };
    }
    const content = typeof value === "string" ? value : JSON.stringify(value);
    return isTemplate(content) ? { value: base.from, because: TEMPLATE } : { ...base, content: { value: content } };
}

/** A name that cannot be a key of a JavaScript object. */
const UNNAMABLE = "__proto__";

const TEMPLATE = "Only Helm renders this template. Set the rendered value, which helm get manifest shows.";

function isTemplate(content: string): boolean {
    return /\{\{.*\}\}/s.test(content);
}
