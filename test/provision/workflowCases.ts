import assert from "node:assert/strict";

import { problemsOfFiles } from "./problems";

/** A workflow, or a part of one. */
export type Content = Readonly<Record<string, unknown>>;

/** A workflow that Keep runs, with more or other fields. */
export const workflow = (content: Content) => ({
    id: "a",
    steps: [{ name: "a", provider: { type: "console", with: {} } }],
    ...content,
});

/** Asserts that the program rejects some workflows, each with a message, and accepts others. */
export function itValidates(
    rejected: readonly (readonly [content: Content, message: string])[],
    accepted: readonly Content[],
) {
    const cases = [...rejected, ...accepted.map((content) => [content, undefined] as const)];
    for (const [content, message] of cases) {
        it(`${message === undefined ? "is accepted" : "is rejected"}: ${JSON.stringify(content)}`, async () => {
            assert.deepEqual(
                await problemsOfFiles("workflows", { "a.yaml": JSON.stringify({ workflow: content }) }),
                message === undefined ? [] : [`("a.yaml:1") is invalid: ${message}.`],
            );
        });
    }
}
