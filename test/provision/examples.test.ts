import assert from "node:assert/strict";

import { parseFile } from "../../components/provision/files";
import { KIND_NAMES, kindOf } from "../../components/provision/kinds";
import { exampleFiles } from "./examples";

describe("the page about provisioning", () => {
    const files = Object.entries(exampleFiles());

    for (const kind of KIND_NAMES) {
        it(`shows a file of ${kind} that is valid`, () => {
            const [[, text] = ["", ""]] = files.filter(([path]) => path.startsWith(`${kind}/`));

            const { content, errors } = parseFile(kind, text);
            assert.deepEqual(errors, []);
            assert.deepEqual(kindOf(kind).shape.safeParse(content).error?.issues, undefined);
        });
    }
});
