import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { load } from "js-yaml";

import { sealingScript } from "../../../tools/render/sealing";
import type { Source } from "../../../tools/render/sources";
import { KUBESEAL, type Sealed, unsealed } from "./kubeseal";

describe("seal.sh", () => {
    it("keeps keys apart that differ in their punctuation only, and any text as it is", () => {
        const folder = mkdtempSync(join(tmpdir(), "seal-"));
        try {
            const texts = { "A-B": "one", "A.B": "it's $(two) `three` \\n", A_B: 'four "five"' };
            const keys = new Map(
                Object.entries(texts).map(([key, text]): [string, Source] => [key, { kind: "fixed", text }]),
            );
            const secret = { name: "keep.env", namespace: "keep", labels: {}, urn: "urn", keys };
            mkdirSync(join(folder, "wave-1"));
            writeFileSync(join(folder, "seal.sh"), sealingScript([{ secret, wave: 1 }]));
            writeFileSync(join(folder, "kubeseal"), KUBESEAL, { mode: 0o755 });
            execFileSync("sh", [join(folder, "seal.sh")], {
                env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` },
            });

            const file = readFileSync(join(folder, "wave-1", "sealedsecret-keep.env.yaml"), "utf8");
            assert.deepEqual(unsealed(load(file) as Sealed), texts);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("adds a new key, and keeps the others", () => {
        const folder = mkdtempSync(join(tmpdir(), "seal-"));
        try {
            const seal = (texts: Readonly<Record<string, string>>) => {
                const keys = new Map(
                    Object.entries(texts).map(([key, text]): [string, Source] => [key, { kind: "fixed", text }]),
                );
                const secret = { name: "keep.app", namespace: "keep", labels: {}, urn: "urn", keys };
                writeFileSync(join(folder, "seal.sh"), sealingScript([{ secret, wave: 1 }]));
                execFileSync("sh", [join(folder, "seal.sh")], {
                    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` },
                });
                return unsealed(
                    load(readFileSync(join(folder, "wave-1", "sealedsecret-keep.app.yaml"), "utf8")) as Sealed,
                );
            };
            mkdirSync(join(folder, "wave-1"));
            writeFileSync(join(folder, "kubeseal"), KUBESEAL, { mode: 0o755 });

            seal({ "jwt.secret": "first" });
            const both = { "jwt.secret": "first", jwt_secret: "added" };
            assert.deepEqual(seal({ "jwt.secret": "second", jwt_secret: "added" }), both);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("rejects a sealed value whose form has changed", () => {
        const folder = mkdtempSync(join(tmpdir(), "seal-"));
        try {
            const file = join(folder, "wave-1", "sealedsecret-keep.yaml");
            const seal = (host: string) => {
                const form = `postgresql+psycopg2://keep:<databasePassword, percent-encoded>@${host}/keep`;
                const secret = {
                    name: "keep",
                    namespace: "keep",
                    labels: {},
                    urn: "urn",
                    keys: new Map<string, Source>([["url", { kind: "given", form }]]),
                };
                writeFileSync(join(folder, "seal.sh"), sealingScript([{ secret, wave: 1 }]));
                return spawnSync("sh", [join(folder, "seal.sh")], {
                    input: `${host}\n`,
                    encoding: "utf8",
                    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` },
                });
            };
            const url = () => unsealed(load(readFileSync(file, "utf8")) as Sealed).url;
            mkdirSync(join(folder, "wave-1"));
            writeFileSync(join(folder, "kubeseal"), KUBESEAL, { mode: 0o755 });

            assert.equal(seal("old-db").status, 0);
            assert.equal(seal("old-db").status, 0);
            const { status, stderr } = seal("new-db");
            assert.equal(status, 1);
            assert.match(stderr, /sealedsecret-keep\.yaml has url with earlier settings\. .*@new-db.*Remove the file/);
            assert.equal(url(), "old-db");

            rmSync(file);
            assert.equal(seal("new-db").status, 0);
            assert.equal(url(), "new-db");
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    describe("asked for a JSON object and a text", () => {
        let folder: string;
        beforeEach(() => {
            folder = mkdtempSync(join(tmpdir(), "seal-"));
            mkdirSync(join(folder, "wave-1"));
            writeFileSync(join(folder, "kubeseal"), KUBESEAL, { mode: 0o755 });
        });
        afterEach(() => {
            rmSync(folder, { recursive: true, force: true });
        });
        const file = () => join(folder, "wave-1", "sealedsecret-keep.yaml");
        const answered = (input: string) => {
            const keys = new Map<string, Source>([
                ["providers.json", { kind: "given", form: "<providers>", isObject: true }],
                ["token", { kind: "given", form: "<token>" }],
            ]);
            const secret = { name: "keep", namespace: "keep", labels: {}, urn: "urn", keys };
            writeFileSync(join(folder, "seal.sh"), sealingScript([{ secret, wave: 1 }]));
            return spawnSync("sh", [join(folder, "seal.sh")], {
                input,
                encoding: "utf8",
                env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` },
            });
        };

        for (const json of [
            "{}",
            '{"a": {"type": "mock"}}',
            '{\n\n    "a": {\n        "note": "}] \\" { $(x) \\\\",\n        "list": [\n1]\n    }\n}',
        ]) {
            it(`reads ${JSON.stringify(json)} to its end`, () => {
                assert.equal(answered(`${json}\nthe token\n`).status, 0);
                const sealed = unsealed(load(readFileSync(file(), "utf8")) as Sealed);
                assert.deepEqual(sealed, { "providers.json": json, token: "the token" });
            });
        }

        for (const [input, message] of [
            ["\n", /providers\.json: <providers>: the answer is not a JSON object\. Run seal\.sh again\.\n$/],
            ["hunter2\n", /the answer is not a JSON object/],
            ['{"a": 1}}\n', /the answer is not a JSON object/],
            ['{"hunter2": {\n', /the JSON object is not complete/],
            ["{}\n\n", /token: <token>: the answer is empty/],
            ["{}\n", /token: <token>: there is no answer/],
        ] as const) {
            it(`rejects ${JSON.stringify(input)}, without showing it`, () => {
                const { status, stderr, stdout } = answered(input);
                assert.equal(status, 1);
                assert.match(stderr, message);
                assert.doesNotMatch(stdout + stderr, /hunter2/);
                assert.ok(!existsSync(file()));
            });
        }
    });

    it("shows what is typed again after Ctrl-C in a prompt", async () => {
        const folder = mkdtempSync(join(tmpdir(), "seal-"));
        try {
            const keys = new Map<string, Source>([["A", { kind: "given", form: "a text" }]]);
            const secret = { name: "keep", namespace: "keep", labels: {}, urn: "urn", keys };
            writeFileSync(join(folder, "seal.sh"), sealingScript([{ secret, wave: 1 }]));
            writeFileSync(join(folder, "kubeseal"), KUBESEAL, { mode: 0o755 });
            writeFileSync(
                join(folder, "stty"),
                `#!/bin/sh\n[ "$1" = -g ] && echo as before || echo "$*" >> "${folder}/calls"\n`,
                { mode: 0o755 },
            );
            const script = spawn("sh", [join(folder, "seal.sh")], {
                env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` },
                stdio: ["pipe", "ignore", "ignore"],
            });
            const ended = once(script, "exit");
            while (!existsSync(join(folder, "calls"))) await setTimeout(20);
            script.kill("SIGINT");
            script.stdin.end();

            assert.deepEqual(await ended, [130, null]);
            assert.equal(readFileSync(join(folder, "calls"), "utf8"), "-echo\nas before\n");
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
