import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readStack } from "../../../tools/preview/stackFile";
import { FIXTURE, withFolder } from "./support";

describe("a stack file", () => {
    it("is read as the Pulumi CLI hands it over: objects as JSON, defaults from Pulumi.yaml", () => {
        const { project, stack, config } = readStack(FIXTURE, "team", () => "stand-in");

        assert.deepEqual([project, stack], ["shop", "team"]);
        assert.deepEqual(config, {
            "keep:greeting": "hello",
            "shop:replicas": "2",
            "keep:title": "Team shop",
            "keep:token": "stand-in",
            "keep:page": '{"size":10,"tags":["a","b"]}',
        });
    });

    it("marks what is encrypted or declared as secret", () => {
        const { secretKeys, encryptedKeys } = readStack(FIXTURE, "team");

        assert.deepEqual(new Set(secretKeys), new Set(["keep:token"]));
        assert.deepEqual(encryptedKeys, ["keep:token"]);
        assert.deepEqual(readStack(FIXTURE, "dev").encryptedKeys, []);
    });

    const read = (content: string | Buffer, project = "name: shop\n") =>
        withFolder((folder) => {
            writeFileSync(join(folder, "Pulumi.yaml"), project);
            writeFileSync(join(folder, "Pulumi.dev.yaml"), content);
            return readStack(folder, "dev", (key) => `stand-in of ${key}`);
        });

    it("has stand-ins for encrypted values deep inside others", async () => {
        const { config, secretKeys } = await read(
            "config:\n  keep:a:\n    list: [{ secure: v1:x }, 1]\n    plain: true\n",
        );

        assert.deepEqual(config, { "keep:a": '{"list":["stand-in of keep:a",1],"plain":true}' });
        assert.deepEqual(secretKeys, ["keep:a"]);
    });

    it("may share settings by anchors", async () => {
        const { config } = await read("config:\n  keep:a: &a { x: 0400 }\n  keep:b: { <<: *a, y: on }\n");

        assert.equal(config["keep:b"], '{"x":256,"y":"on"}');
    });

    it("may have templates in quotes", async () => {
        const { config } = await read('config:\n  keep:a: "{{ .Values.a }}"\n  keep:b: { c: "{{ d }}" }\n');

        assert.deepEqual(config, { "keep:a": "{{ .Values.a }}", "keep:b": '{"c":"{{ d }}"}' });
    });

    it("may be empty, or have empty values", async () => {
        assert.deepEqual((await read("")).config, {});
        assert.deepEqual((await read("config:\n  keep:a:\n")).config, { "keep:a": "" });
    });

    it("is rejected where it is a pipe, which nobody may ever write to", async () => {
        const reading = withFolder((folder) => {
            writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\n");
            execFileSync("mkfifo", [join(folder, "Pulumi.dev.yaml")]);
            return readStack(folder, "dev");
        });
        await assert.rejects(reading, { message: /Pulumi\.dev\.yaml is a pipe\. Give a file$/ });
    });

    it("is refused with the line when it is no YAML", async () => {
        await assert.rejects(read("config:\n  keep:a: 1\n keep:b: [\n"), {
            message: /^Pulumi\.dev\.yaml, line 3, is not valid YAML/,
        });
    });

    const bomb = Array.from(
        { length: 12 },
        (_, index) => `  keep:k${index + 1}: &k${index + 1} [${`*k${index},`.repeat(10)}]`,
    );
    it("is refused with its keys outside config, which the Pulumi CLI ignores, with or without a config", async () => {
        for (const config of ["", "config:\n  keep:a: 1\n"]) {
            await assert.rejects(read(`${config}keep:backup:\n  kind: volume\n`), {
                message:
                    "Pulumi.dev.yaml: keep:backup is outside config, so Pulumi ignores it. Indent it under config:",
            });
        }
        const { config } = await read("secretsprovider: passphrase\nencryptionsalt: v1:a:b\nconfig:\n  keep:a: 1\n");
        assert.deepEqual(config, { "keep:a": "1" });
    });

    const refused: Readonly<Record<string, readonly [content: string | Buffer, message: RegExp]>> = {
        "has a template without quotes": [
            "config:\n  keep:backend: {{ .Values.backend }}\n",
            /^Pulumi\.dev\.yaml: a key in keep:backend is a map, .* quotes$/,
        ],
        "has a map for a key in a list": [
            "config:\n  keep:a: { b: [1, { c: 2, ? { d: e } : 3 }] }\n",
            /^Pulumi\.dev\.yaml: a key in keep:a\.b\.1 is a map, /,
        ],
        "has a schedule without quotes": [
            "config:\n  keep:backup: { schedule: */5 * * * * }\n",
            /^Pulumi\.dev\.yaml, line 2, is not valid YAML: .*alias.*\. Put a value that begins with \* into quotes, /,
        ],
        "has a schedule that begins with an asterisk alone": [
            "config:\n  keep:backup:\n    schedule: * 3 * * *\n",
            /^Pulumi\.dev\.yaml, line 3, is not valid YAML: .*alias.*\. Put a value that begins with \* into quotes, /,
        ],
        "holds two documents": [
            "config: {}\n---\nconfig: {}\n",
            /^Pulumi\.dev\.yaml is not valid YAML: .*single document/,
        ],
        "is saved as UTF-16": [
            Buffer.from("\uFEFFconfig: {}\n", "utf16le"),
            /^Pulumi\.dev\.yaml is not UTF-8 text\. Save it as UTF-8, /,
        ],
        "has plain secrets beside encrypted ones": [
            `config:
  keep:providers: { slack: { type: slack, authentication: { access_token: { secure: v1:x }, password: hunter22 } } }
`,
            /^keep:providers\.slack\.authentication\.password: stored in plain text beside encrypted values\. Encrypt the whole: /,
        ],
        "has a plain variable beside encrypted ones": [
            "config:\n  keep:secretEnv: { backend: { A: { secure: v1:x }, B: plain } }\n",
            /^keep:secretEnv\.backend\.B: stored in plain text/,
        ],
        "is a list": ["- config: {}\n", /^Pulumi\.dev\.yaml must be a map with the key config:$/],
        "has an alias in its own anchor": [
            "config:\n  keep:labels: &a { b: [*a] }\n",
            /^Pulumi\.dev\.yaml has an alias inside its own anchor\. Remove the alias$/,
        ],
        "stands for billions of values": [
            `config:\n  keep:k0: &k0 [1]\n${bomb.join("\n")}\n`,
            /^Pulumi\.dev\.yaml has more than 20000 values, with all aliases expanded\. Remove some values or aliases/,
        ],
        "has too many values without an alias": [
            `config:\n  keep:a: [${"1,".repeat(20_001)}]\n`,
            /^Pulumi\.dev\.yaml has more than 20000 values, .* Remove some values or aliases/,
        ],
    };
    for (const [what, [content, message]] of Object.entries(refused)) {
        it(`is refused at once when it ${what}`, () => assert.rejects(read(content), { message }));
    }

    it("is refused when it holds what is no number, as the Pulumi CLI does", () =>
        assert.rejects(read("config:\n  keep:a: { b: .nan, c: [.nan] }\n"), { message: /^keep:a has \.inf or \.nan/ }));

    it("is refused when its config is no map, or a key has no namespace", async () => {
        await assert.rejects(read("config: [a]\n"), { message: /config: must be a map/ });
        for (const [written, fix] of [
            ["title: x", 'the key "title" has no namespace. Write shop:title'],
            ["keep.title: x", 'the key "keep.title" has no namespace. Write keep:title'],
            ["keep: { title: x }", 'the key "keep" has no namespace. Write each setting as a key of its own'],
        ] as const) {
            await assert.rejects(read(`config:\n  ${written}\n`), (error: Error) => error.message.includes(fix));
        }
    });

    it("is refused when Pulumi.yaml leaves a key empty, as the Pulumi CLI does", () =>
        assert.rejects(read("", "name: shop\nconfig:\n  keep:a:\n"), { message: /keep:a is empty/ }));

    it("is missed with the name that comes closest, if there is any", async () => {
        assert.throws(() => readStack(FIXTURE, "prod"), {
            message: /Pulumi\.prod\.yaml does not exist\. Did you mean/,
        });
        await withFolder((folder) => {
            assert.throws(() => readStack(folder, "dev"), { message: /there is no other stack file/ });
            writeFileSync(join(folder, "Pulumi.dev.yaml"), "");
            assert.throws(() => readStack(folder, "dev"), { message: /Pulumi\.yaml is missing/ });
        });
    });
});
