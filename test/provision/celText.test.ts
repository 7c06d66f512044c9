import assert from "node:assert/strict";

import { splittable } from "../../components/provision/celText";

/** Expressions with what Keep is given; those without a second one as they are. */
const GIVEN: readonly (readonly [written: string, given?: string])[] = [
    ["(a == 1) || (b == 2)"],
    ['\n(a == 1) ||\n(b == "x) || (y") || (c)\n', '(a == 1) || (b == "x) || (y") || (c)'],
    ["(a == 1)||(b == 2)  ||  ((c == 3)||(d))", "(a == 1) || (b == 2) || ((c == 3)||(d))"],
    [" a == 1\n|| b == 2\n", "a == 1\n|| b == 2"],
    // Keep would split each of these in the middle of a condition.
    ["((a == 1)\n|| (b == 2)) && c"],
    ["(a) && (b)||(c)"],
    ["(a == '//')||(b) // c)\n||(d)"],
    ["(a))||((b)"],
];

describe("the form of an expression in which Keep finds its conditions", () => {
    for (const [written, given = written] of GIVEN) {
        it(`of ${JSON.stringify(written)} is ${JSON.stringify(given)}`, () => {
            assert.equal(splittable(written), given);
        });
    }
});
