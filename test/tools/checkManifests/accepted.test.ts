import assert from "node:assert/strict";

import { type Accepted, parseAccepted, problemsOf } from "../../../tools/checkManifests/accepted";
import type { Finding } from "../../../tools/checkManifests/finding";

const reason = "Because it has been thought about for a long time.";
const found: Finding = { stack: "prod", check: "probes", object: "Deployment web", message: "The same probe" };

function judged(findings: readonly Finding[], ...accepted: readonly Omit<Accepted, "reason">[]): string[] {
    return problemsOf(
        findings,
        accepted.map((entry) => ({ ...entry, reason })),
    );
}

describe("critical findings of a linter", () => {
    it("are fine where they are accepted: everywhere, or in the named stacks and objects", () => {
        assert.deepEqual(judged([found], { check: "probes" }), []);
        assert.deepEqual(judged([found], { check: "probes", stacks: ["prod"], objects: ["Deployment web"] }), []);
        assert.deepEqual(judged([]), []);
    });

    it("are told where nobody accepted them", () => {
        const told = ["prod: Deployment web: The same probe (probes)"];
        assert.deepEqual(judged([found, found]), told);

        const users = { ...found, check: "users" };
        assert.deepEqual(judged([found, users], { check: "users" }), told);
        const [dev, api] = [
            { ...found, stack: "dev" },
            { ...found, object: "Deployment api" },
        ];
        assert.deepEqual(judged([found, dev], { check: "probes", stacks: ["dev"] }), told);
        assert.deepEqual(judged([found, api], { check: "probes", objects: ["Deployment api"] }), told);
    });

    it("are told when they are accepted and no longer found, entry by entry and name by name", () => {
        assert.deepEqual(judged([], { check: "probes" }), [
            "probes is in the list, but kube-score reports no such finding. Remove the entry",
        ]);
        assert.deepEqual(
            judged([found], {
                check: "probes",
                stacks: ["dev", "prod"],
                objects: ["Deployment web", "Deployment api"],
            }),
            [
                "probes is in the list for dev, but kube-score reports no such finding. Remove dev from the entry",
                "probes is in the list for Deployment api, but kube-score reports no such finding. Remove Deployment api from the entry",
            ],
        );
    });

    it("are accepted with a reason only", () => {
        assert.deepEqual(parseAccepted(`[{check: probes, reason: ${reason}}]`), [{ check: "probes", reason }]);
        assert.throws(() => parseAccepted("[{check: probes}]"));
        assert.throws(() => parseAccepted("[{check: probes, reason: fine}]"));
        assert.throws(() => parseAccepted(`[{check: probes, object: Deployment web, reason: ${reason}}]`));
    });
});
