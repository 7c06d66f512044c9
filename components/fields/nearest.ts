import { distance } from "fastest-levenshtein";

/** The name that is most similar to a given one, without regard to case; undefined if none is similar. */
export function nearest(name: string, names: readonly string[]): string | undefined {
    const far = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
    const [best] = [...names].sort((a, b) => far(a) - far(b));
    return best !== undefined && far(best) <= Math.max(2, name.length / 3) ? best : undefined;
}
