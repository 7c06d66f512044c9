import assert from "node:assert/strict";

import { parse, stringify } from "yaml";

import { stackFile } from "../../../tools/fromChart";
import { convert } from "../../../tools/fromChart/convert";
import { remarks } from "../../../tools/fromChart/remarks";
import { stackOf } from "../../support/converted";
import { problemsOfEach } from "../../support/refusals";
import { type Generated, generate } from "./generated";

const SEEDS = Array.from({ length: 400 }, (_, index) => index + 1);

/** What a stack file may lack because no value of the chart says it; a public address may also be none. */
const MISSING = / (is|are) missing|has no (address|password)|names no Gateway|^keep:publicUrl /;

/** Texts of values that are neither in what from-chart prints, nor named there by the value that holds them. */
function silent({ values, leaves }: Generated): string[] {
    const converted = convert(values);
    const printed = stackFile(converted) + remarks(converted);
    const inside = JSON.stringify(values);
    return leaves
        .filter(({ text }) => inside.includes(JSON.stringify(text).slice(1, -1)))
        .filter(({ text, at }) => !printed.includes(/^t\d+x\d+/.exec(text)?.[0] ?? text) && !printed.includes(at))
        .map(({ text, at }) => `${at}: ${JSON.stringify(text)}`);
}

describe("from-chart with generated values", () => {
    const generated = SEEDS.map((seed): [number, Generated] => [seed, generate(seed)]);

    it("leaves no value without a word", () => {
        assert.deepEqual(
            generated.flatMap(([seed, one]) => silent(one).map((text) => `seed ${seed}, ${text}`)),
            [],
        );
    });

    it("prints a stack file that the program takes, but for what it calls unfinished", async () => {
        const converted = generated.map(([, { values }]) => convert(values));
        const problems = await problemsOfEach(converted.map(stackOf));
        converted.forEach(({ unfinished }, index) => {
            const missing = unfinished.filter((line) => !line.startsWith("keep:provision.workflows"));
            assert.deepEqual(problems[index], missing, `seed ${SEEDS[index] ?? 0}`);
            assert.deepEqual(
                missing.filter((line) => !MISSING.test(line)),
                [],
                `seed ${SEEDS[index] ?? 0}`,
            );
        });
    });

    it("prints YAML that says what it means", () => {
        for (const [seed, { values }] of generated) {
            const converted = convert(values);
            const { config } = parse(stackFile(converted)) as { config: Record<string, unknown> };
            const settings = Object.entries(converted.settings).filter(([, value]) => value !== undefined);
            // As text: Node compares objects by their `constructor`, which is the name of a variable here.
            const sorted = (value: unknown) => stringify(value, { sortMapEntries: true });
            assert.equal(
                sorted(config),
                sorted(Object.fromEntries(settings.map(([key, value]) => [`keep:${key}`, value]))),
                `seed ${seed}`,
            );
        }
    });
});
