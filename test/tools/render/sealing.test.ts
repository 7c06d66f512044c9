import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
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

    it("shows what is typed again after Ctrl-C in a prompt", async () => {
        const folder = mkdtempSync(join(tmpdir(), "seal-"));
        try {
            const keys = new Map<string, Source>([["A", { kind: "given", form: "a text" }]]);
            const secret = { name: "keep", namespace: "keep", labels: {}, urn: "urn", keys };
            writeFileSync(join(folder, "seal.sh"), sealingScript([{ secret, wave: 1 }]));
            writeFileSync(join(folder, "kubeseal"), KUBESEAL, { mode: 0o755 });
            writeFileSync(join(folder, "stty"), `#!/bin/sh\necho "$*" >> "${folder}/calls"\n`, { mode: 0o755 });
            const script = spawn("sh", [join(folder, "seal.sh")], {
                env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` },
                stdio: ["pipe", "ignore", "ignore"],
            });
            const ended = once(script, "exit");
            while (!existsSync(join(folder, "calls"))) await setTimeout(20);
            script.kill("SIGINT");
            script.stdin.end();

            assert.deepEqual(await ended, [130, null]);
            assert.equal(readFileSync(join(folder, "calls"), "utf8"), "-echo\necho\n");
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
