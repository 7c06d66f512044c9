import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { positionsIn } from "../../components/settings/positions";

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
