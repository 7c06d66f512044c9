import assert from "node:assert/strict";

import type { KeepArgs } from "../../components/keep";
import { readArguments } from "../../components/settings/arguments";
import { check } from "../../components/settings/resolve";
import { allowedPairs, keyOf, pairsOf } from "../support/pairwise";
import { conflicts, switches, switchedStacks } from "../support/switches";

describe("the switches of an installation", () => {
    const stacks = switchedStacks();

    it("are in at most 40 stacks in which every pair of them occurs", () => {
        const covered = new Set(stacks.flatMap(({ row }) => pairsOf(row)));

        const missing = allowedPairs(switches, conflicts).filter((pair) => !covered.has(keyOf(...pair)));
        assert.deepEqual(missing, []);
        assert.ok(stacks.length <= 40, String(stacks.length));
    });

    it("are accepted by the program in every stack", () => {
        const rejected = stacks.flatMap(({ row, settings }) => {
            const { issues } = check(readArguments("keep", settings as unknown as KeepArgs));
            return issues.map(({ path, message }) => `${JSON.stringify(row)}: ${path.join(".")} ${message}`);
        });
        assert.deepEqual(rejected, []);
    });
});
