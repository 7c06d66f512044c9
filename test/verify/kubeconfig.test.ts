import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { connect } from "../../tools/verify/preflight/apiServer";
import { userMessage } from "../../tools/preview/userError";

describe("a kubeconfig", () => {
    const contents: Readonly<Record<string, string>> = {
        "is empty": "",
        "is no YAML": "token: hunter2: [\n",
        "is a list": "- token: hunter2\n",
        "has no context": "apiVersion: v1\nkind: Config\n",
        "has users without a form": "users: hunter2\n",
    };
    for (const [what, content] of Object.entries(contents)) {
        it(`is rejected without a trace or its content where it ${what}`, () => {
            const folder = mkdtempSync(join(tmpdir(), "keep-kubeconfig-"));
            try {
                const file = join(folder, "config");
                writeFileSync(file, content);
                for (const source of content.includes("\n") ? [file, content] : [file]) {
                    assert.throws(
                        () => connect(new Map([["kubernetes:kubeconfig", source]])),
                        (error) => {
                            const message = userMessage(error);
                            assert.ok(message !== undefined, String(error));
                            assert.match(message, /^The kubeconfig .* KUBECONFIG/);
                            assert.doesNotMatch(message, /hunter2/);
                            return true;
                        },
                    );
                }
            } finally {
                rmSync(folder, { recursive: true });
            }
        });
    }
});
