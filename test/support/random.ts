/** Choices that a seed decides. */
export interface Random {
    /** A number from 0 up to but not including 1. */
    readonly number: () => number;
    /** One of several. */
    readonly pick: <T>(choices: readonly T[]) => T;
}

/** Choices that a seed decides (mulberry32). */
export function randomFrom(seed: number): Random {
    let state = seed;
    const number = () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const pick = <T>(choices: readonly T[]) => {
        if (choices.length === 0) {
            throw new Error("There is nothing to pick from: add a value to test/support/sampleValues.ts");
        }
        return choices[Math.floor(number() * choices.length)] as T;
    };
    return { number, pick };
}
