import assert from "node:assert/strict";

import type { Written } from "../support/config";
import { earlierState, problemsOn, refusesAfter, takesAfter } from "../support/deployed";

const tagged = (tag: string): Written => ({
    images: { backend: `r.example.com/keep-api:${tag}`, frontend: `r.example.com/keep-ui:${tag}` },
});
const older = (now: string, was: string) =>
    `("${now}") is older than ${was}, which this stack has deployed or begun to deploy. Keep cannot roll back its migrations. Use ${was} or later; or restore the database as ${now} left it, then set keep:allow.downgradeFrom to ${was} (docs/upgrade.md).`;

describe("the version of Keep in a deployment after another one", () => {
    refusesAfter({
        "a smaller version": [
            { version: "0.54.10" },
            { version: "0.54.9" },
            `keep:version ${older("0.54.9", "0.54.10")}`,
        ],
        "a smaller version, when another one was allowed": [
            { version: "0.55.0" },
            { version: "0.54.2", allow: { downgradeFrom: "0.54.3" } },
            `keep:version ${older("0.54.2", "0.55.0")}`,
        ],
        "a smaller version in the tags of images": [
            tagged("0.54.2"),
            tagged("0.50.0"),
            `keep:images.backend ${older("0.50.0", "0.54.2")}`,
        ],
        "an end of tags with a greater version": [
            tagged("0.55.0"),
            { version: "0.54.2" },
            `keep:version ${older("0.54.2", "0.55.0")}`,
        ],
    });
    takesAfter({
        "a greater version": [{ version: "0.54.9" }, { version: "0.54.10" }],
        "a greater version in the tags of images, of which keep:version says nothing": [
            tagged("0.49.0"),
            tagged("0.50.0"),
        ],
        "a smaller version that the images do not have": [
            { ...tagged("0.55.0"), version: "0.55.0" },
            { ...tagged("0.55.0"), version: "0.54.2" },
        ],
        "a smaller version in the tags of images that is meant": [
            tagged("0.55.0"),
            { ...tagged("0.54.2"), allow: { downgradeFrom: "0.55.0" } },
        ],
        "another tag of an image of one's own": [
            { backend: { image: "r.example.com/keep-api:3.1.0" } },
            { backend: { image: "r.example.com/keep-api:3.0.0" } },
        ],
        "another tag that is no version": [tagged("build-2"), tagged("build-1")],
        "the release after its candidate": [{ version: "0.55.0-rc1" }, { version: "0.55.0" }],
        "a smaller version that is meant": [
            { version: "0.55.0" },
            { version: "0.54.2", allow: { downgradeFrom: "0.55.0" } },
        ],
    });

    it("is compared by keep:version where an earlier version has recorded no other one, and no accounts", async () => {
        const earlier = await earlierState(tagged("0.50.0"), "api", "accounts");

        assert.deepEqual(await problemsOn(earlier, tagged("0.50.0")), []);
        assert.deepEqual(await problemsOn(earlier, { ...tagged("0.50.0"), version: "0.50.0" }), [
            `keep:version ${older("0.50.0", "0.54.2")}`,
        ]);
    });
});
