import assert from "node:assert/strict";

import { engineYaml, parseEngineYaml } from "../../../tools/preview/engineYaml";
import { asText } from "../../../tools/preview/stackFile";

/**
 * Values as written, and the texts that Pulumi makes of them: LoadProjectStackBytes in sdk/go/common/workspace of its SDK
 * 3.260.0, with gopkg.in/yaml.v3 3.0.1.
 */
const READ: Readonly<Record<string, string>> = {
    "0400": "256",
    "0644": "420",
    "0o400": "256",
    "0O17": "15",
    "0x1F": "31",
    "0X1f": "31",
    "0b11": "3",
    "0B11": "3",
    "0b12": "0b12",
    "08": "8",
    "0_400": "256",
    "1_000": "1000",
    "1__0": "10",
    _1: "_1",
    "0x_1": "1",
    "-0b11": "-3",
    "-0o17": "-15",
    "-0x1f": "-31",
    "+1": "1",
    "+": "+",
    "00": "0",
    "-0": "0",
    "-0.0": "0",
    "1.0": "1",
    "1.10": "1.1",
    "1.": "1",
    ".5": "0.5",
    "-.5": "-0.5",
    "+.5": "0.5",
    ".5_0": "0.5",
    "._5": "._5",
    "1_0.5": "10.5",
    ".5e3": "500",
    ".5e1_0": "5000000000",
    "1e3": "1000",
    "1e6": "1000000",
    "1.0e+3": "1000",
    "1e20": "100000000000000000000",
    "1e21": "1e+21",
    "1e-7": "1e-7",
    "0x1p4": "0x1p4",
    "1e400": "1e400",
    "9007199254740991": "9007199254740991",
    "9007199254740993": "9007199254740993",
    "-9007199254740993": "-9007199254740993",
    "18446744073709551615": "18446744073709551615",
    "18446744073709551616": "18446744073709552000",
    "-9223372036854775808": "-9223372036854775808",
    "-9223372036854775809": "-9223372036854776000",
    "0x8000000000000000": "9223372036854775808",
    "0x10000000000000000": "0x10000000000000000",
    "123456789012345678901234567890": "1.2345678901234568e+29",
    "1:30": "1:30",
    "190:20:30": "190:20:30",
    yes: "yes",
    no: "no",
    on: "on",
    off: "off",
    y: "y",
    True: "true",
    TRUE: "true",
    tRUE: "tRUE",
    False: "false",
    "2026-01-02": "2026-01-02 00:00:00 +0000 UTC",
    "2026-1-2": "2026-01-02 00:00:00 +0000 UTC",
    "2026-02-30": "2026-02-30",
    "2026-01-02T03:04:05Z": "2026-01-02 03:04:05 +0000 UTC",
    "2026-01-02t03:04:05.1200Z": "2026-01-02 03:04:05.12 +0000 UTC",
    "2026-01-02 03:04:05": "2026-01-02 03:04:05 +0000 UTC",
    "2026-01-02T03:04:05": "2026-01-02T03:04:05",
    "2026-01-02 03:04:05Z": "2026-01-02 03:04:05Z",
    "2026-01-02T24:00:00Z": "2026-01-02T24:00:00Z",
    "=": "=",
    ".infinity": ".infinity",
    "!!str 0400": "0400",
    '!!int "5"': "5",
    "!!float 3": "3",
    "1.2.3": "1.2.3",
    "10.0.0.0/8": "10.0.0.0/8",
};

const parsed = (written: string) => parseEngineYaml(`a: ${written}\n`) as { a: unknown };
const inner = (value: unknown) => JSON.parse(asText([value], "a")) as unknown[];

describe("a value without quotes", () => {
    for (const [written, text] of Object.entries(READ)) {
        it(`${written} is ${text}, as for the Pulumi CLI`, () => {
            const { a } = parsed(written);
            assert.equal(asText(a, "a"), text);
            // In an object, the program parses it as JSON.
            assert.deepEqual(inner(a), [typeof a === "string" ? a : JSON.parse(text)]);
        });
    }

    it("may be null", () => {
        assert.deepEqual(
            ["~", "null", "Null", ""].map((written) => parsed(written).a),
            [null, null, null, null],
        );
    });

    it("is rejected by its key if JSON has no such number", () => {
        for (const written of [".inf", "-.Inf", ".NaN"]) {
            assert.throws(() => asText(parsed(written).a, "keep:a"), { message: /^keep:a has \.inf or \.nan/ });
        }
    });
});

describe("a text in a written stack file", () => {
    it("is read back as the same text, as a value and as a key", () => {
        for (const text of [...Object.keys(READ), ".inf", "-.inf", ".nan", "~", "null", "<<", "", " a", "#", "a: b"]) {
            const content = { [text]: [text, { [`${text} `]: text }] };
            assert.deepEqual(parseEngineYaml(engineYaml(content)), content, text);
        }
    });

    it("has quotes only if it needs them", () => {
        assert.equal(
            engineYaml({ a: "0400", b: "0b11", c: "yes", d: "1:30", e: 256, f: true }),
            'a: "0400"\nb: "0b11"\nc: yes\nd: 1:30\ne: 256\nf: true\n',
        );
    });
});
