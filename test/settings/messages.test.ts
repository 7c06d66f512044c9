import assert from "node:assert/strict";

import { load } from "js-yaml";

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

describe("every example in a message of the schema", () => {
    const EXAMPLE = /(?:such as|[Ww]rite it like) ("[^"]+"|\{[^}]*\}|\S+?)[.,;:]?(?= |$)/g;

    it("is not rejected with that message again", async () => {
        // One setting of each name: the same schema stands below many tiers.
        const settings = [
            ...new Map(settingsOf(stackJsonSchema()).map((one) => [one.path.slice(-2).join("."), one])).values(),
        ];
        const said = await problemsOfEach(settings.map((setting) => minimal(written(setting, "Not OK!"))));
        const examples = settings.flatMap((setting, index) =>
            (said[index] ?? [])
                .filter((message) => message.startsWith(`keep:${setting.path.join(".")} `))
                .flatMap((message) =>
                    [...message.matchAll(EXAMPLE)].map(([, text = ""]) => ({ setting, message, example: load(text) })),
                ),
        );
        assert.ok(examples.length > 50);

        // The name of a resource is a key, so its example is one too.
        const tried = examples.map(({ setting, message, example }) =>
            message.includes("is not a resource")
                ? written({ ...setting, path: [...setting.path.slice(0, -1), String(example)] }, "1")
                : written(setting, example),
        );
        const answers = await problemsOfEach(tried.map((stack) => minimal(stack)));

        const reason = (message: string) => message.replace(/ \(.*\) (?=is |has |names |contains )/, " ");
        assert.deepEqual(
            examples
                .filter(({ message }, index) => (answers[index] ?? []).map(reason).includes(reason(message)))
                .map(({ message, example }) => `${JSON.stringify(example)}: ${message}`),
            [],
        );
    });
});
