import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { stackJsonSchema } from "../../components/settings/knownKeys";
import { isBreaking, BREAKING } from "../../tools/release/changelog";
import { recordedStack, replacements } from "../../tools/release/identities";
import { lastRelease, writtenStacks } from "../../tools/release/record";

const ROOT = join(__dirname, "..", "..");
const { version, stacks } = lastRelease(ROOT);

/** Subjects of which every kind is in one of the stacks. */
const SUBJECTS = ["auth", "backup", "database", "ingress", "redis", "secretStore", "websocket"];

describe(`an upgrade of a stack that ${version} has deployed`, () => {
    const isAnnounced = isBreaking(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"));

    for (const [name, before] of Object.entries(stacks)) {
        it(`replaces and deletes nothing of "${name}", unless CHANGELOG.md has "${BREAKING}" under Unreleased`, async () => {
            const after = await recordedStack(before.settings, before);

            assert.deepEqual(isAnnounced ? [] : replacements(before, after), []);
        });
    }
});

describe("the stacks whose upgrade is checked", () => {
    for (const subject of SUBJECTS) {
        it(`have each kind of ${subject}`, () => {
            const { oneOf, anyOf } = Object(stackJsonSchema().properties?.[subject]) as Record<
                "oneOf" | "anyOf",
                { properties: { kind: { const: string } } }[] | undefined
            >;
            const kinds = (oneOf ?? anyOf ?? []).map(({ properties }) => properties.kind.const);
            const isUsed = (kind: string) =>
                Object.values(writtenStacks(ROOT)).some(
                    (settings) => (Object(settings[subject]) as { kind?: string }).kind === kind,
                );
            // What a stack has that does not name the subject.
            const initial = ["db", "kubernetes", "none", "soketi", "sqlite"];

            assert.ok(kinds.length > 1);
            assert.deepEqual(
                kinds.filter((kind) => !isUsed(kind) && !initial.includes(kind)),
                [],
            );
        });
    }
});
