import { distance } from "fastest-levenshtein";

/** Differences between a name and a typo of it. */
const TYPO = 2;

/** The name that is most similar to a given one, without regard to case; undefined if none is similar. */
export function nearest(name: string, names: readonly string[]): string | undefined {
    const far = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
    const [best] = [...names].sort((a, b) => far(a) - far(b));
    return best !== undefined && far(best) <= Math.max(2, name.length / 3) ? best : undefined;
}

/** Whether a name is a typo of another, which is in lower case. */
export function isTypo(name: string, other: string): boolean {
    return distance(name.toLowerCase(), other) <= Math.min(TYPO, name.length / TYPO - 1);
}
