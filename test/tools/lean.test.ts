import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const LEAN = pathToFileURL(join(__dirname, "..", "..", "tools", "lean.mjs")).href;

/** What a program prints, as JSON, that has loaded the Pulumi SDK leanly in a process of its own. */
function withLeanSdk(program: string): unknown {
    const code = `import(${JSON.stringify(LEAN)}).then(async ({ loadLeanly }) => {
        loadLeanly(require);
        const pulumi = require("@pulumi/pulumi");
        ${program}
    });`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", code], { encoding: "utf8", cwd: __dirname });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as unknown;
}

describe("The Pulumi SDK, loaded leanly", () => {
    it("brings neither compiler nor resolver with it", () => {
        const filesOfEach = withLeanSdk(`
            const files = Object.keys(require.cache);
            const count = (name) => files.filter((file) => file.includes("/node_modules/" + name + "/")).length;
            console.log(JSON.stringify({ typescript: count("typescript"), arborist: count("@npmcli/arborist") }));`);

        // The one of each is what stands in for it.
        assert.deepEqual(filesOfEach, { typescript: 1, arborist: 1 });
    });

    it("loads the compiler where a function is to be serialized", () => {
        const serialized = withLeanSdk(`
            const { text } = await pulumi.runtime.serializeFunction((secret) => secret.startsWith("keep-"));
            console.log(JSON.stringify(text));`);

        assert.match(String(serialized), /secret\.startsWith\("keep-"\)/);
    });

    it("loads the resolver where packages are to be found", () => {
        const found = withLeanSdk(`
            const { Arborist } = require("@npmcli/arborist");
            console.log(JSON.stringify(new Arborist({ path: "/here" }).path));`);

        assert.equal(found, "/here");
    });
});
