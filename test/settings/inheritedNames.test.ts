import assert from "node:assert/strict";

import { stackJsonSchema } from "../../components/settings/knownKeys";
import { minimal, type Written } from "../support/config";
import { problemsOfEach } from "../support/refusals";
import { settingsOf, written } from "../support/settings";

/** Names that every object inherits. */
const INHERITED = ["constructor", "toString", "hasOwnProperty", "__proto__"];
/** Names that nothing inherits; some settings take lower case alone. */
const ORDINARY = { mixed: "ordinaryName", lower: "ordinary" };

/** The messages without what is like the name, which is another for each. */
function neutral(messages: readonly string[], name: string): string[] {
    return messages.map((message) => message.replaceAll(name, "<name>").replace(/Perhaps you meant .*/, ""));
}

describe("a name that every object inherits", () => {
    const all = settingsOf(stackJsonSchema());
    const parents = new Set(all.map(({ path }) => path.slice(0, -1).join(".")));
    const objects = [{ path: [], kinds: [] }, ...all].filter(({ path }) => parents.has(path.join(".")));

    const known = new Map<string, Promise<string[][]>>();

    for (const name of INHERITED) {
        it(`is no setting and no value: ${name}`, async () => {
            const usual = name === name.toLowerCase() ? ORDINARY.lower : ORDINARY.mixed;
            // As JSON, where __proto__ is a name like others.
            const stacks = (inner: string) =>
                objects.map(({ path, kinds }) =>
                    minimal(
                        JSON.parse(
                            JSON.stringify(written({ path: [...path, usual], kinds }, "x")).replace(usual, inner),
                        ) as Written,
                    ),
                );

            known.set(usual, known.get(usual) ?? problemsOfEach(stacks(usual)));
            const [ordinary, inherited] = [(await known.get(usual)) ?? [], await problemsOfEach(stacks(name))];

            for (const [index, messages] of inherited.entries()) {
                const expected = neutral(ordinary[index] ?? [], usual);
                const found = neutral(messages, name).filter((message) => !message.includes("nothing can have"));
                assert.deepEqual(name === "__proto__" ? [] : found, name === "__proto__" ? [] : expected);
                assert.ok(
                    name !== "__proto__" || messages.some((message) => /nothing can have|is not a/.test(message)),
                );
            }
        });
    }
});
