import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Keep, type KeepArgs } from "../../components/keep";
import { UNKNOWN } from "../../tools/inProcess/secrets";
import { randomConfiguration } from "../support/configurations";
import { deploy } from "../support/harness";
import { withInputs } from "../support/laterInputs";
import { randomFrom } from "../support/random";

/** `npm run test:inputs` tries 2,000. */
const RUNS = Number(process.env.INPUT_RUNS ?? 50);
const FIRST_SEED = Number(process.env.INPUT_SEED ?? Date.now() % 1_000_000);

async function objects(args: KeepArgs) {
    const { resources } = await deploy(() => new Keep("keep", args));
    return resources.map(({ type, name, inputs }) => ({ type, name, inputs }));
}

/** The fields of both, where those of the other one are known. */
function assertSameFields(known: unknown, other: unknown, path: string): void {
    if (other === UNKNOWN) {
        return;
    }
    if (typeof known !== "object" || known === null) {
        assert.deepEqual(other, known, path);
        return;
    }
    const [fields, others] = [fieldsOf(known, path), fieldsOf(other, path)];
    assert.deepEqual(Object.keys(others).sort(), Object.keys(fields).sort(), path);
    for (const [key, value] of Object.entries(fields)) {
        assertSameFields(value, others[key], `${path}.${key}`);
    }
}

/** Fields of an object, or items of a list; variables by their names, since values decide their order. */
function fieldsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
    return path.endsWith(".env") && Array.isArray(value)
        ? Object.fromEntries((value as { readonly name: string }[]).map((variable) => [variable.name, variable]))
        : (Object(value) as Readonly<Record<string, unknown>>);
}

describe(`the inputs of ${RUNS} random configurations (INPUT_SEED=${FIRST_SEED})`, function () {
    this.timeout(RUNS * 10_000);

    const compareEach = async (
        give: (value: unknown) => unknown,
        compare: (plain: unknown, later: unknown) => void,
    ) => {
        for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            const args = randomConfiguration(seed);
            const { number } = randomFrom(seed);
            // All of them, or about half: then a text has known and unknown parts.
            const share = number() < 0.5 ? 1 : 0.5;
            const plain = await objects(args);
            try {
                compare(plain, await objects(withInputs(args, () => number() < share, give)));
            } catch (error) {
                const message = error instanceof Error ? error.message : String(error);
                throw new Error(`${message}\nINPUT_SEED=${seed}: ${JSON.stringify(args)}`);
            }
        }
    };

    it("change no manifest by being Outputs", async () => {
        await compareEach(
            (value) => pulumi.output(value),
            (plain, later) => {
                assert.equal(JSON.stringify(later, undefined, 1), JSON.stringify(plain, undefined, 1));
            },
        );
    });

    it("change no object's kind, name or fields by being unknown", async () => {
        await compareEach(
            () => pulumi.output(pulumi.unknown),
            (plain, later) => {
                assertSameFields(plain, later, "");
            },
        );
    });
});
