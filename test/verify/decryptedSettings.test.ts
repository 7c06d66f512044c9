import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CLUSTER_KEYS } from "../../tools/verify/preflight/apiServer";
import { readArgs, verify } from "../../tools/verify/main";
import { DATABASE_KEYS, decryptedSettings } from "../../tools/verify/stackConfig";

/** A stack file with an encrypted password. Its project has no secret keys of its own, so that every encrypted value has a stand-in. */
const STACK = `config:
  keep:publicUrl: https://keep.example.com
  keep:databasePassword:
    secure: v1:0123456789abcdef:not-decrypted-here
  kubernetes:kubeconfig:
    secure: v1:0123456789abcdef:not-decrypted-here
  kubernetes:context: prod
`;

describe("the encrypted settings that a preflight reads", () => {
    const path = process.env.PATH;
    let root: string;

    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "keep-verify-"));
        mkdirSync(join(root, "bin"));
        writeFileSync(join(root, "index.ts"), "");
        writeFileSync(join(root, "Pulumi.yaml"), "name: keep\nruntime: nodejs\n");
        writeFileSync(join(root, "Pulumi.prod.yaml"), STACK);
    });

    afterEach(() => {
        process.env.PATH = path;
        rmSync(root, { recursive: true });
    });

    function pulumi(script: string): void {
        const program = join(root, "bin", "pulumi");
        writeFileSync(program, `#!/bin/sh\n${script}\n`);
        chmodSync(program, 0o755);
        process.env.PATH = `${join(root, "bin")}:${path ?? ""}`;
    }

    it("are what the Pulumi CLI decrypts", async () => {
        pulumi('[ "$*" = "config get keep:databasePassword --stack prod" ] && echo "p=a sw"');
        assert.deepEqual(await decryptedSettings(root, "prod", [], DATABASE_KEYS), ["keep:databasePassword=p=a sw"]);
    });

    it("are not asked for where --config gives them", async () => {
        pulumi("exit 1");
        assert.deepEqual(await decryptedSettings(root, "prod", ["databasePassword=given"], DATABASE_KEYS), []);
    });

    it("are a mistake, with the way out, where it cannot", async () => {
        pulumi("echo passphrase must be set >&2; exit 255");
        await assert.rejects(
            decryptedSettings(root, "prod", [], DATABASE_KEYS),
            /pulumi config get keep:databasePassword --stack prod does not print its secret.*add --config keep:databasePassword=/,
        );
    });

    it("are asked for by the preflight, which would read the cluster of the ambient kubeconfig without them", async () => {
        pulumi("exit 1");
        await assert.rejects(
            verify(["prod", "--preflight"], root),
            /encrypted kubernetes:kubeconfig, and pulumi config get/,
        );
        pulumi('[ "$*" = "config get kubernetes:kubeconfig --stack prod" ] && echo "{}"');
        assert.deepEqual(await decryptedSettings(root, "prod", [], CLUSTER_KEYS), ["kubernetes:kubeconfig={}"]);
    });

    it("belong to the preflight alone", () => {
        assert.throws(() => readArgs(["prod", "--pods"]), /--pods needs --preflight/);
        assert.equal(readArgs(["prod", "--preflight", "--pods"]).runsPods, true);
    });
});
