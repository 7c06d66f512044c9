import assert from "node:assert/strict";

import { findingsOf } from "../../../tools/checkManifests/kubeScore";

function output(...checks: readonly object[]): string {
    return JSON.stringify([
        { type_meta: { kind: "Deployment" }, object_meta: { name: "web" }, checks, file_name: "STDIN" },
    ]);
}

describe("what kube-score says", () => {
    const check = { id: "probes", name: "Probes" };

    it("is read comment by comment, with the container where there is one", () => {
        const comments = [
            { path: "", summary: "The same probe" },
            { path: "nginx", summary: "No probe" },
        ];

        assert.deepEqual(findingsOf("prod", output({ check, grade: 1, skipped: false, comments })), [
            { stack: "prod", check: "probes", object: "Deployment web", message: "The same probe" },
            { stack: "prod", check: "probes", object: "Deployment web", message: "nginx: No probe" },
        ]);
    });

    it("counts without a comment, too", () => {
        const [finding] = findingsOf("prod", output({ check, grade: 1, skipped: false, comments: null }));

        assert.deepEqual(finding, { stack: "prod", check: "probes", object: "Deployment web", message: "probes" });
    });

    it("is of no interest where it is no more than a warning, or skipped", () => {
        assert.deepEqual(
            findingsOf(
                "prod",
                output(
                    { check, grade: 5, skipped: false, comments: null },
                    { check, grade: 10, skipped: false, comments: null },
                    { check, grade: 1, skipped: true, comments: null },
                ),
            ),
            [],
        );
    });
});
