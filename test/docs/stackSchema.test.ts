import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv } from "ajv";
import { parse } from "yaml";

import { stackFileSchema } from "../../tools/docs/stackSchema";

// The very check that an editor makes: draft 7.
const validate = new Ajv({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    formats: { uri: true },
}).compile(stackFileSchema());

/** What the schema says of a stack file: each fault with its place. */
function faults(text: string): string[] {
    validate(parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

const MINIMAL = "config:\n  keep:publicUrl: http://keep.localhost\n";

describe("the schema of a stack file", () => {
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
