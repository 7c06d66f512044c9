import assert from "node:assert/strict";

import { formatIssue } from "../../components/settings/issues";
import { nearest } from "../../components/settings/schemaIssues";
import { issue } from "../../components/fields/issue";
import { stackSchema } from "../../components/settings/schema";
import { secretKeys } from "../../components/secrets/settings";
import { minimal } from "../support/config";
import { problems } from "../support/refusals";

describe("a mistake in a stack file", () => {
    it("names every key when an unknown one is like no other", async () => {
        const keys = [...Object.keys(stackSchema.shape), ...Object.keys(secretKeys)].sort().join(", ");

        assert.deepEqual(await problems(minimal({ zzzzzzzz: "yes" })), [
            `keep:zzzzzzzz is not a setting. Known are: ${keys}.`,
        ]);
    });

    it("shows a long value by its beginning", async () => {
        assert.deepEqual(await problems(minimal({ release: "k".repeat(100) })), [
            `keep:release ("${"k".repeat(76)}…) is longer than 40 characters. Shorten it.`,
        ]);
        assert.equal(
            formatIssue(issue("x", "is long. Shorten it", { value: "v".repeat(78) }), { namespace: "keep:" }),
            `keep:x ("${"v".repeat(78)}") is long. Shorten it.`,
        );
    });

    it("forgives two wrong letters, or a third of a long name", () => {
        assert.equal(nearest("kidn", ["kind"]), "Perhaps you meant kind");
        assert.equal(nearest("xxx", ["kind", "image"]), "Known are: image, kind");
        assert.equal(nearest("REPLICAS", ["image", "replicas"]), "Perhaps you meant replicas");
        assert.equal(nearest("prioClassName", ["priorityClassName", "pod"]), "Perhaps you meant priorityClassName");
    });
});
