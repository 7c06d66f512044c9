import assert from "node:assert/strict";

import { incrementProblem } from "../../tools/release/increment";
import { recordedStack, type Release, replacements } from "../../tools/release/identities";

type Recorded = Release["stacks"][string];

const deployment = "keep:index:Keep$kubernetes:apps/v1:Deployment::keep-backend";
const selector = { "spec.selector": { matchLabels: { app: "keep" } } };
const stack = (resources: Recorded["resources"]): Recorded => ({ settings: {}, deployed: undefined, resources });

describe("what an upgrade may not do to a stack", () => {
    const before = stack({ [deployment]: selector });
    for (const [what, after, expected] of [
        ["nothing", before, []],
        ["another object", stack({ ...before.resources, "keep:index:Keep$kubernetes:core/v1:Service::new": {} }), []],
        [
            "another logical name",
            stack({ [`${deployment}-1`]: selector }),
            [`${deployment} has another logical name or parent, or no longer exists: Pulumi would delete it`],
        ],
        [
            "another immutable field",
            stack({ [deployment]: { "spec.selector": { matchLabels: { app: "other" } } } }),
            [`${deployment} has another spec.selector: Pulumi would replace it`],
        ],
        [
            "an immutable field that was not given",
            stack({ [deployment]: { ...selector, "metadata.namespace": "keep" } }),
            [`${deployment} has another metadata.namespace: Pulumi would replace it`],
        ],
    ] as const) {
        it(`is found for ${what}`, () => {
            assert.deepEqual(replacements(before, after), expected);
        });
    }

    it("includes another release name, volume and password, of a whole stack", async () => {
        const publicUrl = "http://keep.example.com";
        const volume = { storageClass: "fast" };
        const earlier = await recordedStack({ publicUrl, database: { kind: "postgres", volume } });

        const later = await recordedStack({ publicUrl, release: "other", database: { kind: "postgres" } });

        const found = replacements(earlier, later).join("\n");
        assert.match(found, /PersistentVolumeClaim::keep-database has another spec.storageClassName/);
        assert.match(found, /Deployment::keep-backend has another metadata.name/);
        assert.deepEqual(replacements(earlier, await recordedStack(earlier.settings, earlier)), []);
    });

    it("is rejected by the program where the earlier deployment says so", async () => {
        const publicUrl = "http://keep.example.com";
        const earlier = await recordedStack({ publicUrl, database: { kind: "postgres" } });

        await assert.rejects(recordedStack({ publicUrl }, earlier), /disconnects Keep from its data/);
    });
});

describe("the number of a release", () => {
    const breaking = "# Changelog\n\n## [Unreleased]\n\n### Breaking\n\n- Other names.\n\n## [1.2.0] - 2026-01-01\n";
    const others = breaking.replace("### Breaking", "### Changed");
    for (const [changelog, last, next, isFine] of [
        [others, "1.2.0", "1.2.1", true],
        [others, "1.2.0", "1.3.0", true],
        [breaking, "1.2.0", "1.3.0", false],
        [breaking, "1.2.0", "2.0.0", true],
        [breaking, "0.1.0", "0.1.1", false],
        [breaking, "0.1.0", "0.2.0", true],
        [others, "0.1.0", "next", false],
    ] as const) {
        it(`may ${isFine ? "" : "not "}be ${next} after ${last} with "${/###.*/.exec(changelog)?.[0] ?? ""}"`, () => {
            assert.equal(incrementProblem(changelog, last, next) === undefined, isFine);
        });
    }

    it("is named where it is too small", () => {
        assert.equal(
            incrementProblem(breaking, "1.2.0", "1.3.0"),
            `CHANGELOG.md has "### Breaking" under Unreleased, and npm's range ^1.2.0 includes 1.3.0. Run: npm run release -- major`,
        );
    });
});
