import assert from "node:assert/strict";

import { convert } from "../../tools/fromChart/convert";
import { rowOf } from "../../tools/fromChart/rows";
import { isInVersion } from "../../tools/fromChart/versions";
import { deployStack } from "../support/config";
import { stackOf } from "../support/converted";
import { objectDifferences, UNREAD } from "./differences";
import { environmentDifferences } from "./environmentDifferences";
import { type Facts, factsOf } from "./facts";
import { readRecording } from "./recording";
import { valueSets } from "./valueSets";

/** Every difference that is meant. One that no value set shows any more fails the comparison, as one that is not here does. */
const differences = [...environmentDifferences, ...objectDifferences];

/** What this project makes of values of the chart, as facts. */
async function ours(name: string): Promise<Facts> {
    const { resources } = await deployStack(stackOf(convert(valueSets[name] ?? {})));
    return factsOf(
        resources
            .filter(({ type }) => type.startsWith("kubernetes:"))
            .map(({ type, inputs }) => ({ kind: type.replace(/^.*:/, ""), ...inputs })),
    );
}

/** Each fact that the two do not share, as "what: chart's → ours". */
function compare(chart: Facts, mine: Facts): string[] {
    return [...new Set([...Object.keys(chart), ...Object.keys(mine)])]
        .filter((what) => chart[what] !== mine[what])
        .map((what) => `${what}: ${chart[what] ?? "–"} → ${mine[what] ?? "–"}`)
        .sort();
}

describe("Keep's Helm chart, as it was recorded", () => {
    const { version, values, unread, sets } = readRecording();
    const used = new Set<RegExp>();

    it("has no value without a row in the table", () => {
        assert.deepEqual(
            values.filter((path) => !isInVersion(rowOf(path) ?? { until: "0.0.0" }, version)),
            [],
        );
    });

    it("reads every value that we map, but for those that are known", () => {
        assert.deepEqual(unread, Object.keys(UNREAD));
    });

    it("was rendered for each value set", () => {
        assert.deepEqual(Object.keys(sets), Object.keys(valueSets));
    });

    for (const [name, chart] of Object.entries(sets)) {
        it(`does what we do, but for the differences that have a reason: ${name}`, async () => {
            const found = compare(chart, await ours(name));
            const unexplained = found.filter((line) => {
                const known = differences.filter(({ what }) => what.test(line));
                known.forEach(({ what }) => used.add(what));
                return known.length === 0;
            });
            assert.deepEqual(unexplained, []);
        });
    }

    it("differs in every way that the list of differences says", () => {
        const gone = differences.filter(({ what }) => !used.has(what));
        assert.deepEqual(gone, []);
    });
});
