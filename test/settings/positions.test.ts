import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { keysOutsideConfig, positionsIn } from "../../components/settings/positions";
import { loadConfig } from "../../components/settings/stackFile";
import { runProgram } from "../../tools/inProcess/runProgram";

const FILE = "Pulumi.prod.yaml";

/** Line that the file has at a position such as `Pulumi.prod.yaml:7:15`, from that column on. */
function textAt(position: string | undefined): string | undefined {
    const [, line, column] = /^Pulumi\.prod\.yaml:(\d+):(\d+)$/.exec(position ?? "") ?? [];
    const lines = readFileSync(join(__dirname, "..", "..", FILE), "utf8").split("\n");
    return lines[Number(line) - 1]?.slice(Number(column) - 1);
}

describe("the place of a setting", () => {
    const place = positionsIn(FILE, { "keep:size": "xlarge", "keep:release": "x" });

    it("is where its value begins in the stack file", () => {
        assert.match(textAt(place(["database", "kind"])) ?? "", /^postgres/);
    });

    it("is that of the object around it when it is missing", () => {
        assert.equal(place(["database", "nothing"]), place(["database"]));
    });

    it("is nowhere for a value that the file does not have, and without a stack file", () => {
        assert.equal(place(["size"]), undefined);
        assert.equal(place(["release"]), undefined);
        assert.equal(place(["elasticsearch"]), undefined);
        assert.equal(positionsIn("Pulumi.none.yaml", {})(["database"]), undefined);
    });
});

describe("the keys of a stack file outside config", () => {
    const inFile = async <T>(content: string, read: () => T | Promise<T>) => {
        const folder = mkdtempSync(join(tmpdir(), "keep-stack-"));
        const before = process.cwd();
        try {
            writeFileSync(join(folder, "Pulumi.elsewhere.yaml"), content);
            process.chdir(folder);
            return await read();
        } finally {
            process.chdir(before);
            rmSync(folder, { recursive: true });
        }
    };
    const keys = (content: string) => inFile(content, () => keysOutsideConfig("Pulumi.elsewhere.yaml"));

    it("are those with a namespace", async () => {
        const content = "keep:backup:\n  kind: volume\n'kubernetes:context': x\n";
        for (const config of ["", "encryptionsalt: v1:a:b=\nconfig:\n  keep:size: small\n"]) {
            assert.deepEqual(await keys(config + content), ["keep:backup", "kubernetes:context"]);
        }
    });

    it("are none in the files that Pulumi writes, and in texts", async () => {
        for (const content of [
            readFileSync(join(__dirname, "..", "..", FILE), "utf8"),
            "secretsprovider: awskms://alias/x?region=eu\nencryptedkey: a\nenvironment:\n- prod\nconfig:\n  a:b: c\n",
            "config:\n  keep:banner: |\n    keep:backup: x\n# keep:backup: x\n#keep:size: x\n",
            'config: { a:b: "\nkeep:backup: x" }\n',
            "",
        ]) {
            assert.deepEqual(await keys(content), []);
        }
    });

    it("are refused by the program, to which the Pulumi CLI does not pass them", async () => {
        const config = { "keep:publicUrl": "http://keep.localhost" };
        const load = () => runProgram(loadConfig, { stack: "elsewhere", config });

        await assert.rejects(inFile("config: {}\nkeep:backup:\n  kind: volume\n", load), {
            message:
                "Pulumi.elsewhere.yaml: keep:backup is outside config, so Pulumi ignores it. Indent it under config:",
        });
        await assert.doesNotReject(inFile("config:\n  keep:backup:\n    kind: volume\n", load));
    });
});
