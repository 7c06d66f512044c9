import { type Random, randomFrom } from "./random";

/** Levels of each factor. */
export type Factors = Readonly<Record<string, readonly string[]>>;

/** A level of each factor, or of some. */
export type Row = Readonly<Record<string, string>>;

/** Two levels of different factors, as `factor=level`. */
export type Pair = readonly [string, string];

/** Rows that are tried for each one that is taken. More of them make fewer rows. */
const CANDIDATES = 40;

/** Every pair of levels that no conflict forbids. */
export function allowedPairs(factors: Factors, conflicts: readonly Pair[]): Pair[] {
    const levels = Object.entries(factors).map(([factor, names]) => names.map((name) => `${factor}=${name}`));
    const pairs = levels.flatMap((one, index) =>
        levels.slice(0, index).flatMap((other) => other.flatMap((a) => one.map((b): Pair => [a, b]))),
    );
    return pairs.filter(([a, b]) => !conflicts.some((pair) => pair.includes(a) && pair.includes(b)));
}

/** Every pair of levels in a row. */
export function pairsOf(row: Row): string[] {
    const levels = Object.entries(row).map(([factor, level]) => `${factor}=${level}`);
    return levels.flatMap((b, index) => levels.slice(0, index).map((a) => keyOf(a, b)));
}

/** A pair, whichever level comes first. */
export function keyOf(...levels: Pair): string {
    return [...levels].sort().join(" ");
}

/**
 * Rows that have every allowed pair of levels, by the greedy method of AETG (Cohen et al., 1997): of some random rows, the one with the
 * most pairs that are missing is taken. The same factors give the same rows.
 * @throws Error where a pair fits into no row: there is a conflict of more than two levels.
 */
export function pairwise(factors: Factors, conflicts: readonly Pair[]): Row[] {
    const random = randomFrom(1);
    const missing = new Map(allowedPairs(factors, conflicts).map((pair) => [keyOf(...pair), pair]));
    const conflicting = new Set(conflicts.map((pair) => keyOf(...pair)));
    const rows: Row[] = [];
    while (missing.size > 0) {
        const candidates = Array.from({ length: CANDIDATES }, () => candidate(factors, missing, conflicting, random));
        const gain = (row: Row) => pairsOf(row).filter((pair) => missing.has(pair)).length;
        const [best] = candidates.filter((row) => row !== undefined).sort((a, b) => gain(b) - gain(a));
        if (best === undefined) {
            throw new Error(`No row has ${[...missing.keys()].join(", ")}`);
        }
        rows.push(best);
        for (const pair of pairsOf(best)) {
            missing.delete(pair);
        }
    }
    return rows;
}

/** A row with a missing pair, to which each factor adds the level with the most others; undefined where a factor has none that fits. */
function candidate(
    factors: Factors,
    missing: ReadonlyMap<string, Pair>,
    conflicting: ReadonlySet<string>,
    random: Random,
): Row | undefined {
    const levels: string[] = [...random.pick([...missing.values()])];
    const isTaken = (factor: string) => levels.some((level) => level.startsWith(`${factor}=`));
    const others = Object.keys(factors).filter((factor) => !isTaken(factor));
    for (const factor of others.sort(() => random.number() - 0.5)) {
        const scored = (factors[factor] ?? []).flatMap((name) => {
            const level = `${factor}=${name}`;
            const pairs = levels.map((other) => keyOf(level, other));
            return pairs.some((pair) => conflicting.has(pair))
                ? []
                : [{ level, gain: pairs.filter((pair) => missing.has(pair)).length }];
        });
        const most = Math.max(...scored.map(({ gain }) => gain));
        const best = scored.filter(({ gain }) => gain === most);
        if (best.length === 0) {
            return undefined;
        }
        levels.push(random.pick(best).level);
    }
    return Object.fromEntries(levels.map((level) => level.split("=") as [string, string]));
}
