import assert from "node:assert/strict";

import { stackFile } from "../../../tools/fromChart";
import { type Converted, convert } from "../../../tools/fromChart/convert";
import { remarks } from "../../../tools/fromChart/remarks";
import { type ChartValues, isRecord, mergedAt, type Row } from "../../../tools/fromChart/row";
import { rows } from "../../../tools/fromChart/rows";
import { mergedValues } from "../../../tools/fromChart/source";
import { contextOf } from "../../support/chartValues";
import { deployStack } from "../../support/config";
import { stackOf } from "../../support/converted";
import { randomFrom } from "../../support/random";

/** Values that change no manifest, because the program does the same without them. */
const SAME = ["global.ingress.frontendPrefix"];

const made = new Map<string, Promise<string>>();

/** The manifests of a stack as text; those of a stack that still misses something, its settings. */
function manifests(converted: Converted): Promise<string> {
    const key = stackFile(converted) + JSON.stringify(converted.secrets);
    const missing = converted.unfinished.some((line) => !line.startsWith("keep:provision.workflows"));
    const found = made.get(key) ?? (missing ? Promise.resolve(key) : deployed(converted));
    made.set(key, found);
    return found;
}

async function deployed(converted: Converted): Promise<string> {
    const { resources } = await deployStack(stackOf(converted));
    return JSON.stringify(resources.map(({ type, name, inputs, retained }) => [type, name, inputs, retained]));
}

/** Whether the reader is told of a value: by its path, or by one above or below it. */
function isNamed(converted: Converted, { value }: Row): boolean {
    const names = [...converted.left.map((left) => left.value), ...converted.notes];
    return names.some((name) => name.startsWith(value) || value.startsWith(`${name}.`));
}

/** Holds that a value, set beside others, is seen in the manifests or told of. */
async function assertCarried(row: Row, beside: ChartValues): Promise<void> {
    const without = convert(beside);
    const within = convert(mergedAt(beside, row.value.split("."), row.example));
    if (isNamed(within, row) || SAME.includes(row.value)) {
        return;
    }
    assert.notEqual(await manifests(within), await manifests(without), `${row.value}\n${remarks(within)}`);
}

/** The rows in pairs that a seed decides, of which neither is above the other. */
function pairs(count: number): [Row, Row][] {
    const { pick } = randomFrom(7);
    const found: [Row, Row][] = [];
    while (found.length < count) {
        const [one, other] = [pick(rows), pick(rows)];
        if (!overlap(one.value, other.value)) {
            found.push([one, other]);
        }
    }
    return found;
}

function overlap(one: string, other: string): boolean {
    return one.startsWith(other) || other.startsWith(one);
}

describe("a round trip of the chart's values", () => {
    for (const row of rows.filter(({ because }) => because === undefined)) {
        it(`carries ${row.value}, or names it`, async () => {
            await assertCarried(row, contextOf(row));
        });
    }

    for (const [one, other] of pairs(40)) {
        it(`carries ${one.value} beside ${other.value}`, async () => {
            const context = mergedValues(contextOf(one), contextOf(other));
            const value = isRecord(other.example) ? mergedValues({}, other.example) : other.example;
            await assertCarried(one, mergedAt(context, other.value.split("."), value));
        });
    }
});
