import assert from "node:assert/strict";
import { join } from "node:path";

import { type PreviewOptions, preview } from "../../../tools/preview/project";

const ROOT = join(__dirname, "..", "..", "..");

/** The annotations by which pods restart when a secret changes. */
async function fingerprints(overrides: readonly string[], more: Pick<PreviewOptions, "seed"> = {}): Promise<string[]> {
    const made = await preview(ROOT, "prod", { overrides, showSecrets: false, debug: false, ...more });
    return JSON.stringify(made.resources.map(({ inputs }) => inputs)).match(/keep\.pulumi\/credentials":"[^"]+/g) ?? [];
}

describe("a fingerprint in a preview", () => {
    const secret = ["firstUserPassword=hunter2"];

    it("does not tell a secret of --config: its key is another in each run", async () => {
        assert.notDeepEqual(await fingerprints(secret), await fingerprints(secret));
    });

    it("is the same in each run without one, and on both sides of a comparison", async () => {
        const stackFile = await fingerprints([]);

        assert.ok(stackFile.length > 0);
        assert.deepEqual(await fingerprints(["telemetry=true"]), stackFile);
        assert.deepEqual(await fingerprints(secret, { seed: "s" }), await fingerprints(secret, { seed: "s" }));
    });
});
