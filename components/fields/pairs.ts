/** All pairs of a list, the later item first, for conditions on pairs. */
export function pairs<T>(all: readonly T[]): [T, T][] {
    return all.flatMap((one, index) => all.slice(0, index).map((other): [T, T] => [one, other]));
}

/** Items whose key an earlier item has, each with the first item of that key: for values that must be unique. */
export function repeated<T>(all: readonly T[], keyOf: (item: T) => unknown): (readonly [item: T, first: T])[] {
    const first = new Map<unknown, T>();
    return all.flatMap((item) => {
        const key = keyOf(item);
        const earlier = first.get(key);
        if (earlier !== undefined) {
            return [[item, earlier] as const];
        }
        first.set(key, item);
        return [];
    });
}
