import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { colors } from "../../../tools/preview/colors";
import { presentProblems } from "../../../tools/preview/problems";
import { FIXTURE, start, withFolder } from "./support";

const TREE = `shop Shop
   generated  shop
   Secret, Pod  shop
   ConfigMap  shop-words-`;

describe("npm start", () => {
    it("prints the tree, the outputs with secrets masked, the warnings and the counts", async () => {
        await withFolder(async (out) => {
            const { code, stdout, stderr } = await start(["--out", out]);

            assert.equal(code, 0);
            assert.ok(stdout.startsWith(TREE), stdout);
            assert.match(
                stdout,
                /Outputs\n {2}owner\.name {6}keep\n {2}owner\.password {2}\[secret\]\n {2}url {13}https:\/\/shop\.example\n/,
            );
            assert.match(stdout, /Warnings\n {2}- the shop has no door\n/);
            assert.match(stdout, /3 Kubernetes objects, 1 generated secret, 1 component\nManifests: .+\n$/);
            assert.equal(stderr, "");
        });
    });

    it("writes a file an object, and removes what it wrote before and makes no more", async () => {
        await withFolder(async (out) => {
            await start(["--out", out, "--config", "title=Old"]);
            const [before = ""] = readdirSync(out);
            writeFileSync(join(out, "mine.yaml"), "kept: true\n");
            await start(["--out", out]);

            const files = readdirSync(out).sort();
            assert.deepEqual(
                files.map((file) => file.replace(/[0-9a-f]{8}/, "*")),
                ["configmap-shop-words-*.yaml", "mine.yaml", "pod-shop.yaml", "secret-shop.yaml"],
            );
            assert.ok(!files.includes(before));
            assert.match(readFileSync(join(out, "secret-shop.yaml"), "utf8"), /password: '\[secret\]'/);
        });
    });

    it("writes to .preview/<stack> unless told otherwise", async () => {
        await withFolder(async (root) => {
            for (const file of ["index.ts", "Pulumi.yaml", "Pulumi.dev.yaml"]) {
                writeFileSync(join(root, file), file === "index.ts" ? "" : readFileSync(join(FIXTURE, file), "utf8"));
            }
            const { code, stdout } = await start([], { root });

            assert.equal(code, 0, stdout);
            assert.ok(existsSync(join(root, ".preview", "dev")));
        });
    });

    it("puts nothing but YAML on stdout with --stdout", async () => {
        const { code, stdout, stderr } = await start(["--stdout"]);

        assert.equal(code, 0);
        assert.deepEqual(stdout.match(/^(---|kind: .*)$/gm), [
            ...["---", "kind: Secret"],
            ...["---", "kind: ConfigMap"],
            ...["---", "kind: Pod"],
        ]);
        assert.ok(stdout.startsWith("---\n"));
        assert.ok(stderr.startsWith(TREE));
    });

    it("shows secrets when asked to, and only then", async () => {
        const { stdout: masked } = await start(["team", "--stdout"]);
        const { stdout: plain } = await start(["team", "--stdout", "--show-secrets", "--config", "token=s3cret"]);

        assert.match(masked, /args:\n {8}- '\[secret\]'\n/);
        assert.match(plain, /args:\n {8}- s3cret\n/);
        assert.match(plain, /password: \S{12}/);
    });

    it("tells which encrypted values it could not read", async () => {
        const { stderr } = await start(["team", "--stdout"]);

        assert.match(stderr, /placeholder values: keep:token\n/);
    });

    it("prints a summary as JSON", async () => {
        const summary: unknown = JSON.parse((await start(["--json"])).stdout);

        assert.ok(typeof summary === "object" && summary !== null && "manifests" in summary);
        const { manifests, ...rest } = summary;
        assert.ok(Array.isArray(manifests) && manifests.length === 3);
        assert.deepEqual(rest, {
            project: "shop",
            stack: "dev",
            outputs: { url: "https://shop.example", owner: { name: "keep", password: "[secret]" } },
            warnings: ["the shop has no door"],
            notes: [],
            encryptedKeys: [],
            counts: { kubernetesObjects: 3, generatedSecrets: 1, components: 1, others: 0 },
            images: ["shop:1.0"],
        });
    });

    it("lists the images", async () => {
        assert.deepEqual(await start(["--list-images"]), { code: 0, stdout: "shop:1.0\n", stderr: "" });
    });

    it("explains itself", async () => {
        const { code, stdout } = await start(["--help"]);

        assert.equal(code, 0);
        assert.match(stdout, /npm start \[-- <stack>\]/);
    });

    it("uses colors on a terminal only, and not when told not to", async () => {
        const escape = "\u001B[";
        const shown = async (args: string[], options?: Parameters<typeof start>[1]) =>
            (await start([...args, "--stdout"], options)).stderr.includes(escape);

        assert.equal(await shown([]), false);
        assert.equal(await shown([], { isTTY: true }), true);
        assert.equal(await shown(["--no-color"], { isTTY: true }), false);
        assert.equal(await shown([], { isTTY: true, environment: { NO_COLOR: "1" } }), false);
    });
});

describe("npm start, given something wrong", () => {
    const fails = async (args: string[], code: number, message: RegExp, options?: Parameters<typeof start>[1]) => {
        const said = await start(args, options);
        assert.match(said.stderr, message);
        assert.equal(said.code, code);
        assert.equal(said.stdout, "");
    };

    it("tells a mistake in the stack by its message alone", async () => {
        await fails(["--config", "failure=mistake"], 2, /^keep:failure is a mistake\.\nSet it to nothing\.\n$/);
    });

    it("marks what --config gave, and colors it on a terminal only", () => {
        const message = [
            "2 problems in Pulumi.dev.yaml; nothing was changed:",
            "  - Pulumi.dev.yaml:3:5 keep:release is not text.",
            "  - keep:ingress.tls is not a setting.",
        ].join("\n");
        const shown = (overrides: string[], isColorful: boolean) =>
            presentProblems(message, overrides, colors(isColorful)).split("\n");

        assert.deepEqual(shown([], false), message.split("\n"));
        for (const override of ["ingress.tls=x", "ingress.tls.issuer=x", "ingress={}"]) {
            assert.equal(shown([override], false)[2], "  - given by --config: keep:ingress.tls is not a setting.");
        }
        assert.equal(shown(["ingress.kind=x", "release=x"], false).join("\n"), message);
        assert.deepEqual(shown(["ingress.tls=x"], true), [
            "\u001B[31m2 problems in Pulumi.dev.yaml; nothing was changed:\u001B[39m",
            "  - \u001B[2mPulumi.dev.yaml:3:5 \u001B[22m\u001B[1mkeep:release\u001B[22m is not text.",
            "  - \u001B[2mgiven by --config: \u001B[22m\u001B[1mkeep:ingress.tls\u001B[22m is not a setting.",
        ]);
    });

    it("tells a bug as one, with its place on --debug", async () => {
        await fails(["--config", "failure=bug"], 3, /^the shop fell down\n\nThis is a bug in the program/);
        await fails(["--config", "failure=bug", "--debug"], 3, /the shop fell down\n {4}at .*index\.ts/);
    });

    it("names the stacks when one is unknown", async () => {
        await fails(
            ["tema"],
            2,
            /Pulumi\.tema\.yaml does not exist\. Did you mean team\? The stacks are: dev, team\n$/,
        );
    });

    it("says that npm took an option for itself", async () => {
        await fails([], 2, /Write -- before it: npm start -- prod --list-images/, {
            environment: { npm_config_list_images: "true" },
        });
    });

    it("says why it cannot write", async () => {
        const { code, stderr } = await start(["--out", join(FIXTURE, "index.ts")]);

        assert.equal(code, 2);
        assert.match(stderr, /^ENOTDIR: .*index\.ts.*\. Name a folder, not a file\.\n$/);
    });
});
