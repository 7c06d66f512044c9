import { reservedEnv } from "../../../components/settings/managedEnv";
import { type ChartValues, isRecord, mergedAt } from "../../../tools/fromChart/row";
import { rows } from "../../../tools/fromChart/rows";
import { mergedValues } from "../../../tools/fromChart/source";
import { randomFrom } from "../../support/random";

/** A text that values hold, and where the chart has it. */
export interface Leaf {
    readonly text: string;
    /** The row's path, or the name of the variable. */
    readonly at: string;
}

/** Values of the chart as nobody would write them, with every text in them. */
export interface Generated {
    readonly values: ChartValues;
    readonly leaves: readonly Leaf[];
}

const AFFIXES = [
    "",
    "",
    "",
    ".example.com",
    " with blanks",
    "/slash",
    "'quoted\"",
    "${DSN}",
    "%40",
    "-日本",
    "\n",
    "{{ tpl }}",
];
const TIERS = ["backend", "frontend", "websocket"] as const;

/** Values of the chart that a seed decides: rows with examples, with texts of other kinds, and variables of every kind. */
export function generate(seed: number): Generated {
    const { number: random, pick } = randomFrom(seed);
    const leaves: Leaf[] = [];
    const text = (at: string) => {
        const made = `t${seed}x${leaves.length}${pick(AFFIXES)}`;
        leaves.push({ text: made, at });
        return made;
    };
    // Mostly what the chart means, else any other text in its place.
    const vary = (value: unknown, at: string): unknown => {
        if (Array.isArray(value)) {
            return (value as unknown[]).map((inner) => vary(inner, at));
        }
        if (isRecord(value)) {
            return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, vary(inner, at)]));
        }
        if (typeof value === "string" && random() < 0.4) {
            return text(at);
        }
        return random() < 0.05 ? pick([null, true, 0, -1, "", [], {}]) : value;
    };
    let values: ChartValues = {};
    for (let count = 2 + Math.floor(random() * 8); count > 0; count -= 1) {
        const { value, example } = pick(rows);
        values = mergedAt(values, value.split("."), vary(example, value));
    }
    const tier = pick(TIERS);
    const names = [
        ...Object.keys(reservedEnv[tier]),
        "MY_TOKEN",
        "LOG_LEVEL",
        "constructor",
        "a.b",
        "9BAD",
        "__proto__",
    ];
    const env = Array.from({ length: Math.floor(random() * 8) }, () => {
        const name = pick(names);
        const at = `${tier}.env ${name}`;
        return pick<() => unknown>([
            () => ({ name, value: text(at) }),
            () => ({
                name,
                value: pick(["true", "false", 3, "", "https://keep.example.com/x", "KEYCLOAK", "k8s", "a,b"]),
            }),
            () => ({ name, secretKeyRef: { secretName: text(at), secretKey: "key" } }),
            () => ({ name, configMapKeyRef: { name: "facts", key: text(at) } }),
            () => ({ name, fieldRef: true }),
            () => ({ name, value: null }),
        ])();
    });
    return { values: mergedValues({}, env.length === 0 ? values : mergedAt(values, [tier, "env"], env)), leaves };
}
