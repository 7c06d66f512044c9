/** All pairs of a list, the later item first: for values that must be unique. */
export function pairs<T>(all: readonly T[]): [T, T][] {
    return all.flatMap((one, index) => all.slice(0, index).map((other): [T, T] => [one, other]));
}
