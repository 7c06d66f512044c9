import assert from "node:assert/strict";

import { amountOf } from "../../components/fields/quantity";

describe("a quantity", () => {
    const table: Readonly<Record<string, number>> = {
        "1024": 1024,
        "1.5k": 1500,
        "2Ki": 2048,
        "3M": 3e6,
        "1Gi": 2 ** 30,
        "0.5Ti": 2 ** 39,
        "1500m": 1.5,
        "2": 2,
        "100K": 0,
    };
    for (const [quantity, amount] of Object.entries(table)) {
        it(`${quantity} comes to ${amount}`, () => {
            assert.equal(amountOf(quantity), amount);
        });
    }
});
