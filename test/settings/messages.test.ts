import assert from "node:assert/strict";

import { stackJsonSchema } from "../../components/settings/knownKeys";
import { minimal } from "../support/config";
import { problemsOfEach } from "../support/refusals";
import { settingsOf, written } from "../support/settings";

/** Values that most settings refuse; those that one takes are no mistake there. */
const NONSENSE = [null, true, -1.5, 1e9, "Not OK!", ["Not OK!"]];

/** Key, perhaps value, reason as the rest of a sentence, way out as another, in our own words. */
const FORM = /^keep:[\w.]+( \(.*\))? [a-z][^.]*.*\. [A-Z].*[^.?](\.|\. Run: .*)$/;

describe("every message of the schema", () => {
    for (const key of Object.keys(stackJsonSchema().properties ?? {})) {
        it(`says reason and way out for ${key}`, async () => {
            const settings = settingsOf(stackJsonSchema()).filter(({ path }) => path[0] === key);
            const stacks = settings.flatMap((setting) =>
                NONSENSE.map((nonsense) => minimal(written(setting, nonsense))),
            );

            const messages = (await problemsOfEach(stacks)).flat();

            assert.ok(messages.length > 0);
            for (const message of messages) {
                assert.match(message, FORM);
                assert.doesNotMatch(message, /Invalid|expected|Too (big|small)|undefined/);
            }
        });
    }
});
