import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { deployKeep } from "../support/config";
import { isInstalled } from "../support/programs";

/** The module sitecustomize that `keep:extraCa` gives to Python, in a directory beside one of the image. */
async function modulesIn(directory: string): Promise<[own: string, image: string]> {
    const { one } = await deployKeep({ extraCa: { configMap: { name: "authority", key: "root.pem" } } });
    const [trust] = one("Deployment", "keep-backend").inputs.spec.template.spec.initContainers;
    const moduleWith = (name: string, text: string) => {
        mkdirSync(join(directory, name));
        writeFileSync(join(directory, name, "sitecustomize.py"), text);
        return join(directory, name);
    };
    return [moduleWith("own", trust?.command[5] ?? ""), moduleWith("image", 'print("of the image")')];
}

/** What Python prints about the contexts of its clients, with these directories of modules. */
function contextWith(...path: string[]): string {
    const print = "import ssl; print(ssl.VERIFY_X509_STRICT == 0, int(ssl.create_default_context().verify_mode))";
    return execFileSync("python3", ["-c", print], {
        env: { ...process.env, PYTHONPATH: path.join(":") },
        encoding: "utf8",
    });
}

describe("the verification of certificates by Python, with keep:extraCa", () => {
    it("accepts what other clients accept, and runs the image's own sitecustomize", async () => {
        if (!isInstalled(["python3"], "the verification by Python")) return;
        const directory = mkdtempSync(join(tmpdir(), "keep-trust-"));
        try {
            const [own, image] = await modulesIn(directory);

            assert.equal(contextWith(), "False 2\n");
            assert.equal(contextWith(own), "True 2\n");
            assert.equal(contextWith(own, image), "of the image\nTrue 2\n");
        } finally {
            rmSync(directory, { recursive: true });
        }
    });
});
