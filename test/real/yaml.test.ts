import assert from "node:assert/strict";

import { stringify } from "../../components/provision/yaml";
import { YAML_TEXTS } from "../provision/yamlTexts";
import { start } from "./process";
import { need, pathOf } from "./programs";

/** Loads each text as Keep does, and again as Keep stores it (keep/functions/cyaml.py). */
const LOAD = `
import json, sys
from keep.functions import cyaml
loaded = [cyaml.safe_load(text) for text in json.loads(sys.argv[1])]
print(json.dumps([[content, cyaml.safe_load(cyaml.dump(content, width=99999))] for content in loaded]))
`;

describe("YAML that is written for Keep", () => {
    before(function () {
        need(this, "python");
    });

    it("is read by Keep's own reader as it was validated", async () => {
        const contents = Object.values(YAML_TEXTS).filter((content) => content !== null);
        const texts = contents.map((content) => stringify(content as object));

        const output = await start(pathOf("python"), ["-c", LOAD, JSON.stringify(texts)]).finished();
        assert.deepEqual(
            JSON.parse(output.trim().split("\n").at(-1) ?? ""),
            contents.map((content) => [content, content]),
        );
    });
});
