import assert from "node:assert/strict";

import { bytesOf } from "../../components/kubernetes/quantity";

describe("a quantity of bytes", () => {
    const table: Readonly<Record<string, number>> = {
        "1024": 1024,
        "1.5k": 1500,
        "2Ki": 2048,
        "3M": 3e6,
        "1Gi": 2 ** 30,
        "0.5Ti": 2 ** 39,
        "1500m": 1.5,
    };
    for (const [quantity, bytes] of Object.entries(table)) {
        it(`${quantity} is ${bytes}`, () => {
            assert.equal(bytesOf(quantity), bytes);
        });
    }
});
