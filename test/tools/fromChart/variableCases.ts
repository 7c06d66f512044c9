import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import { at } from "../../../tools/fromChart/row";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";

/** Variables by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** Variables as the chart lists them; an object is a reference or the like. */
export function listOf(variables: Variables): unknown[] {
    return Object.entries(variables).map(([name, value]) =>
        typeof value === "object" ? { name, ...value } : { name, value },
    );
}

/** A reference to a key of a Secret, as the chart has it. */
export const secret = (secretName: string, secretKey: string) => ({ secretKeyRef: { secretName, secretKey } });

/** What variables become: settings by their path, secrets, and reasons of what is left, by name. */
export interface Expected {
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly secrets?: Readonly<Record<string, unknown>>;
    readonly left?: Readonly<Record<string, RegExp>>;
}

/** Variables of two tiers, and what they become, by what they are about. */
export type VariableCases = Readonly<
    Record<string, readonly [backend: Variables, frontend: Variables, expected: Expected]>
>;

/** A test for each case. */
export function become(cases: VariableCases): void {
    for (const [what, [backend, frontend, { settings = {}, secrets, left = {} }]] of Object.entries(cases)) {
        it(`become settings: ${what}`, async () => {
            const values = { backend: { env: listOf(backend) }, frontend: { env: listOf(frontend) } };
            const converted = convert(values);
            const found = Object.fromEntries(Object.keys(settings).map((key) => [key, at(converted.settings, key)]));
            assert.deepEqual(found, settings);
            assert.deepEqual(converted.secrets, secrets ?? converted.secrets);
            for (const [value, because] of Object.entries(left)) {
                const reasons = converted.left.filter((one) => one.value === value).map((one) => one.because);
                assert.match(reasons.join("\n"), because, value);
            }
            assert.deepEqual(await problems(stackOf(converted)), converted.unfinished);
        });
    }
}
