import assert from "node:assert/strict";

import { parse, parseKeepYaml, stringify } from "../../components/provision/yaml";
import { YAML_TEXTS } from "./yamlTexts";

const contentOf = (text: string) => {
    const { content, errors } = parse(text, { extension: "yaml", rejectsAmbiguous: true });
    return errors.length > 0 ? null : content;
};

describe("YAML that Keep reads itself", () => {
    for (const [text, expected] of Object.entries(YAML_TEXTS)) {
        it(`${expected === null ? "is rejected" : "is read and written"}: ${JSON.stringify(text)}`, () => {
            const content = contentOf(text);

            assert.deepEqual(content, expected);
            if (typeof content === "object" && content !== null) {
                assert.deepEqual(contentOf(stringify(content)), expected);
            }
        });
    }

    it("names what is ambiguous, and all of it", () => {
        const text = "on: 1\na: {{ b }}\nc:\n  - 1\n  - d: [12:30, 08]\n";

        assert.deepEqual(parse(text, { extension: "yaml", rejectsAmbiguous: true }).errors, [
            {
                line: 1,
                message:
                    "is invalid: the content has the key on without quotes, which YAML 1.1 and YAML 1.2 read differently. Put text in quotes",
            },
            {
                line: 2,
                message: 'has an object as a key. Put text with braces in quotes, such as "{{ alert.name }}"',
            },
            { line: 5, message: ambiguous("c.1.d.0") },
            { line: 5, message: ambiguous("c.1.d.1") },
        ]);
    });
});

describe("YAML and JSON that the program reads for Keep", () => {
    it("may have values that YAML 1.1 reads differently", () => {
        const text = "a: no\nb: 2026-12-24T22:00:00Z\n";

        assert.deepEqual(parse(text, { extension: "yaml", rejectsAmbiguous: false }).content, {
            a: "no",
            b: "2026-12-24T22:00:00Z",
        });
    });

    const json = (text: string) => {
        const { content, errors } = parse(text, { extension: "json", rejectsAmbiguous: false });
        return errors.map(({ message }) => message)[0] ?? content;
    };
    it("is JSON in a JSON file", () => {
        const value = { a: ["\ud83d\ude00 \u2028/", 1.5e3, null, true, { "": "" }], "12": "{{ b }}" };

        assert.deepEqual(json(JSON.stringify(value, null, "\t").replace("😀", String.raw`\ud83d\ude00`)), value);
        assert.equal(json('{"a": yes}'), 'is not valid JSON: Unresolved plain scalar "yes". Correct the syntax');
        assert.equal(json('{"a": 1, "a": 2}'), "is not valid JSON: Map keys must be unique. Correct the syntax");
        assert.equal(
            json('{"a": 1e999}'),
            "is invalid: a has a number that JSON cannot hold exactly. Put it in quotes, or use a smaller one",
        );
    });
});

describe("YAML that Keep has written", () => {
    it("has text where PyYAML reads text", () => {
        assert.deepEqual(parseKeepYaml("a: [1e3, 08, 0o17, 12, 1.5, yes, '1']\n"), {
            a: ["1e3", "08", "0o17", 12, 1.5, "yes", "1"],
        });
    });
});

function ambiguous(field: string): string {
    return `is invalid: ${field} has a value without quotes, which YAML 1.1 and YAML 1.2 read differently. Put text in quotes; write other values as true, false, null or a decimal number`;
}
