import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import { parse } from "yaml";

import { type KeepArgs, readArguments } from "../../components/settings/arguments";
import { resolve } from "../../components/settings/resolve";
import { stackSchema } from "../../components/settings/schema";
import { exampleSecrets } from "../../tools/docs/examples";
import { stackFileSchema } from "../../tools/docs/stackSchema";

const schema = stackFileSchema();
// The very check that an editor makes: draft 7.
const ajv = new Ajv({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    formats: { uri: true },
});
// What editors show, and validators do not read.
ajv.addVocabulary(["defaultSnippets", "enumDescriptions", "markdownDescription"]);
const validate = ajv.compile(schema);

/** What the schema says of a stack file: each fault with its place. */
function faults(text: string): string[] {
    validate(parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
const { defaultSnippets = [] } = schema.properties?.config as {
    defaultSnippets?: { label: string; body: Record<string, unknown> }[];
};

const MINIMAL = "config:\n  keep:publicUrl: http://keep.localhost\n";

describe("the schema of a stack file", () => {
    // One example names folders of files to provision.
    const cwd = process.cwd();
    before(() => {
        process.chdir(join(__dirname, "../support"));
    });
    after(() => {
        process.chdir(cwd);
    });

    it("is named after the release that has it", () => {
        assert.match(String(schema.$id), new RegExp(`/v${version.replaceAll(".", "\\.")}/stack.schema.json$`));
    });

    it("has a snippet of each key", () => {
        assert.deepEqual(
            defaultSnippets.map(({ label }) => label).sort(),
            Object.keys(stackSchema.shape)
                .map((key) => `keep:${key}`)
                .sort(),
        );
    });

    for (const { label, body } of defaultSnippets) {
        it(`has a snippet that it takes, and so does the program: ${label}`, () => {
            const config = { "keep:publicUrl": "http://keep.localhost", ...body };
            const settings = Object.entries(config).map(([key, value]) => [key.replace("keep:", ""), value] as const);
            const secret = exampleSecrets[label.replace("keep:", "")];
            const secrets = secret === undefined ? [] : [[secret, "a-secret-of-some-length"] as const];

            assert.deepEqual(faults(JSON.stringify({ config })), []);
            assert.doesNotThrow(() =>
                resolve(readArguments("keep", Object.fromEntries([...settings, ...secrets]) as unknown as KeepArgs)),
            );
        });
    }

    it("says what each value of a choice means", () => {
        assert.match(
            JSON.stringify(schema),
            /"enum":\["require","verify-ca","verify-full"\],"enumDescriptions":\["encrypt only",/,
        );
    });

    for (const stack of ["dev", "prod"]) {
        it(`takes Pulumi.${stack}.yaml`, () => {
            assert.deepEqual(faults(readFileSync(join(__dirname, `../../Pulumi.${stack}.yaml`), "utf8")), []);
        });
    }

    const good = {
        "what Pulumi writes": `${MINIMAL}encryptionsalt: v1:x\nsecretsprovider: passphrase\nencryptedkey: x\n`,
        "keys of providers": `${MINIMAL}  kubernetes:context: kind\n  pulumi:tags:\n    a: b\n`,
        "encrypted secrets": `${MINIMAL}  keep:databaseUrl:\n    secure: v1:abc\n`,
        "booleans that the CLI wrote as text": `${MINIMAL}  keep:telemetry: "true"\n`,
        "a file whose environment brings the config": "environment:\n  - keep/prod\n",
    };
    for (const [what, text] of Object.entries(good)) {
        it(`takes ${what}`, () => {
            assert.deepEqual(faults(text), []);
        });
    }

    const bad: Record<string, [text: string, place: string]> = {
        "a misspelt key": [
            `${MINIMAL}  keep:databse:\n    kind: sqlite\n`,
            "/config must NOT have additional properties",
        ],
        "a misspelt setting": [
            `${MINIMAL}  keep:backend:\n    replcas: 2\n`,
            "/config/keep:backend must NOT have additional properties",
        ],
        "a key without namespace": [`${MINIMAL}  backend: {}\n`, "/config must NOT have additional properties"],
        "an unknown kind": [
            `${MINIMAL}  keep:database:\n    kind: oracle\n`,
            "/config/keep:database must match exactly one schema in oneOf",
        ],
        "a setting of another kind": [
            `${MINIMAL}  keep:database:\n    kind: sqlite\n    pool:\n      size: 3\n`,
            "/config/keep:database must match exactly one schema in oneOf",
        ],
        "a value of the wrong type": [
            `${MINIMAL}  keep:backend:\n    replicas: two\n`,
            "/config/keep:backend/replicas must be integer",
        ],
        "a secret in plain text": [`${MINIMAL}  keep:apiKeys: a:admin:b\n`, "/config/keep:apiKeys must be object"],
        "a file without the public URL": [
            "config:\n  keep:release: keep\n",
            "/config must have required property 'keep:publicUrl'",
        ],
        "a misspelt part of the file": [`${MINIMAL}conifg: {}\n`, " must NOT have additional properties"],
    };
    for (const [what, [text, fault]] of Object.entries(bad)) {
        it(`refuses ${what}`, () => {
            assert.ok(faults(text).includes(fault), faults(text).join("\n"));
        });
    }
});
