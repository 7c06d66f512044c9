import assert from "node:assert/strict";

import { override } from "../../../tools/preview/overrides";
import type { StackSettings } from "../../../tools/preview/stackFile";

function settings(config: Record<string, string>): StackSettings {
    return { project: "keep", stack: "dev", config, secretKeys: ["keep:token"], encryptedKeys: ["keep:token"] };
}

function overridden(config: Record<string, string>, ...overrides: string[]): Record<string, string> {
    return override(settings(config), overrides, () => false).config;
}

describe("--config", () => {
    it("sets a key, of our namespace unless it names another", () => {
        assert.deepEqual(overridden({}, "publicUrl=http://a=b", "kubernetes:context=c"), {
            "keep:publicUrl": "http://a=b",
            "kubernetes:context": "c",
        });
    });

    it("sets a field and leaves its neighbours", () => {
        assert.deepEqual(overridden({ "keep:ingress": '{"kind":"nginx","tls":{"a":1}}' }, "keep:ingress.tls.b=x"), {
            "keep:ingress": '{"kind":"nginx","tls":{"a":1,"b":"x"}}',
        });
    });

    it("rejects values and paths that are nested too deep to be read", () => {
        const many = 20_000;
        for (const text of [
            `list[0]=${"[".repeat(many)}${"]".repeat(many)}`,
            `map.a=${'{"a":'.repeat(many)}1${"}".repeat(many)}`,
            `map.${"a.".repeat(many)}b=1`,
        ]) {
            assert.throws(
                () => overridden({}, text),
                /--config keep:\w+ is nested deeper than 50 levels\. Remove some/,
            );
        }
    });

    it("makes what is not there yet", () => {
        assert.deepEqual(overridden({}, 'frontend.env["A.B"]=1', "list[0].name=x", "list[1]=y"), {
            "keep:frontend": '{"env":{"A.B":1}}',
            "keep:list": '[{"name":"x"},"y"]',
        });
    });

    it("takes booleans, whole numbers and JSON for what they are, all else for text", () => {
        const values = ["true", "-5", "007", "1.5", '[1,{"a":2}]', "[broken", ""];
        const { "keep:a": text = "" } = overridden({}, ...values.map((value, index) => `a.v${index}=${value}`));

        assert.deepEqual(Object.values(JSON.parse(text) as object), [
            true,
            -5,
            "007",
            "1.5",
            [1, { a: 2 }],
            "[broken",
            "",
        ]);
    });

    it("marks a value of a secret key as secret, and no longer as encrypted", () => {
        const { secretKeys, encryptedKeys } = override(settings({}), ["token=x", "key=y"], (key) => key === "keep:key");

        assert.deepEqual(secretKeys, ["keep:token", "keep:key"]);
        assert.deepEqual(encryptedKeys, []);
    });

    const refused: [string, RegExp][] = [
        ["publicUrl", /is not key=value/],
        ["=x", /is not key=value/],
        ["a..b=x", /is not key=value/],
        ["a[x=1", /is not key=value/],
        ["[0]=x", /is not key=value/],
        ["text.field=x", /cannot set keep:text\.field: keep:text is text, which has no keys/],
        ["list[3]=x", /cannot set keep:list\[3\]: keep:list is a list of 1/],
    ];
    for (const [text, message] of refused) {
        it(`refuses ${text}`, () => {
            assert.throws(() => overridden({ "keep:text": "hello", "keep:list": "[1]" }, text), { message });
        });
    }

    it("shows only the key of a --config without =, since the rest may be a secret", () => {
        assert.throws(() => overridden({}, "firstUserPassword hunter22"), /: --config firstUserPassword is not/);
    });
});
