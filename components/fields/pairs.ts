/** Every two of a list, the later one first: for conditions on what no two may share. */
export function pairs<T>(all: readonly T[]): [T, T][] {
    return all.flatMap((one, index) => all.slice(0, index).map((other): [T, T] => [one, other]));
}
