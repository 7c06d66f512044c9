import assert from "node:assert/strict";

import { minimal } from "../support/config";
import { accepts, problems } from "../support/refusals";

const settings = {
    annotations: (map: object) => ({ backend: { podAnnotations: map } }),
    labels: (map: object) => ({ labels: map }),
};

/** Labels or annotations of this many bytes, names and values. */
function entriesOf(bytes: number): object {
    return Object.fromEntries(Array.from({ length: bytes / 64 }, (_, index) => [`n${10_000 + index}`, "v".repeat(58)]));
}

describe("the sum of labels or annotations of a setting", () => {
    for (const [what, written] of Object.entries(settings)) {
        accepts({ [`100 KiB of ${what}`]: written(entriesOf(100 * 1024)) });

        it(`is rejected above 100 KiB of ${what}, since an object has those of several settings`, async () => {
            const [message, ...others] = await problems(minimal(written(entriesOf(101 * 1024))));

            assert.match(message ?? "", /has 103424 bytes of names and values, and at most 102400 are allowed/);
            assert.deepEqual(others, []);
        });
    }
});
