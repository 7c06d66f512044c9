import assert from "node:assert/strict";

import { formatIssue } from "../../components/settings/issues";
import { nearest } from "../../components/settings/schemaIssues";
import { issue } from "../../components/fields/issue";
import { stackSchema } from "../../components/settings/schema";
import { secretKeys } from "../../components/secrets/settings";
import { minimal } from "../support/config";
import { problems, refuses } from "../support/refusals";

describe("a mistake in a stack file", () => {
    refuses({
        "an unknown key, with the one that was meant": [
            { databse: { kind: "sqlite" } },
            "keep:databse is not a setting. Perhaps you meant database.",
        ],
        "an unknown key, with the secret one that was meant": [
            { apikeys: "hunter2" },
            "keep:apikeys is not a setting. Perhaps you meant apiKeys.",
        ],
        "an unknown setting, with the one that was meant": [
            { backend: { replica: 1 } },
            "keep:backend.replica (1) is not a setting. Perhaps you meant replicas.",
        ],
        "an unknown setting that is like no other": [
            { setup: { colour: "red" } },
            'keep:setup.colour ("red") is not a setting. Known are: podAnnotations, podLabels, resources, retries, timeoutSeconds.',
        ],
        "an unknown setting of a kind, with those of that kind": [
            { database: { kind: "sqlite", usr: "me" } },
            'keep:database.usr ("me") is not a setting. Known are: kind, volume.',
        ],
        "an unknown setting in a list": [
            { frontend: { envFrom: [{ secret: "s", optinal: true }] } },
            "keep:frontend.envFrom.0.optinal (true) is not a setting. Perhaps you meant optional.",
        ],
        "an unknown setting in an object of many names": [
            { frontend: { resources: { limit: { cpu: 1 } } } },
            'keep:frontend.resources.limit ({"cpu":1}) is not a setting. Perhaps you meant limits.',
        ],
        "several unknown settings of one object": [
            { setup: { retry: 1, timeout: 2 } },
            "keep:setup.retry (1) is not a setting. Known are: podAnnotations, podLabels, resources, retries, timeoutSeconds.",
            "keep:setup.timeout (2) is not a setting. Known are: podAnnotations, podLabels, resources, retries, timeoutSeconds.",
        ],
    });

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
