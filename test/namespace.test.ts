import assert from "node:assert/strict";

import { deployKeep, type Written } from "./support/config";
import { accepts } from "./support/refusals";

const LONG = "a".repeat(40);
describe("the namespace", () => {
    it("enforces Pod Security restricted, another level, or none", async () => {
        const level = async (namespace?: Written) => {
            const { one } = await deployKeep({ namespace });
            return one("Namespace", "keep").inputs.metadata.labels["pod-security.kubernetes.io/enforce"];
        };

        assert.deepEqual(
            [await level(), await level({ podSecurity: "baseline" }), await level({ podSecurity: "none" })],
            ["restricted", "baseline", undefined],
        );
    });
    accepts({
        "a long name where the credentials are elsewhere": {
            namespace: { name: LONG },
            release: "alerting-for-production",
            secretStore: { kind: "kubernetes", namespace: "credentials", acceptShared: true },
        },
    });
});
