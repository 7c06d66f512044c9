import assert from "node:assert/strict";

import { convert } from "../../../tools/fromChart/convert";
import { readSources } from "../../../tools/fromChart/source";
import { UserError } from "../../../tools/preview/userError";

const read = (text: string) => readSources([{ name: "values.yaml", text }]).values;

/** Texts without quotes, and the values that sigs.k8s.io/yaml 1.4.0 reads. */
const READ: Readonly<Record<string, unknown>> = {
    no: false,
    Off: false,
    n: false,
    yes: true,
    ON: true,
    oN: "oN",
    "~": null,
    "0400": 256,
    "0o400": 256,
    "1_000": 1000,
    "0X1F": 31,
    "08": 8,
    "1.10": 1.1,
    "1e3": 1000,
    e2: "e2",
    ".": ".",
    "+": "+",
    "10Gi": "10Gi",
    "1.2.3": "1.2.3",
    "12:30": "12:30",
    "2026-11-29": "2026-11-29",
    "'no'": "no",
    "!!str 08": "08",
};

describe("from-chart's YAML", () => {
    for (const [text, value] of Object.entries(READ)) {
        it(`reads ${text} as Helm does`, () => {
            assert.deepEqual(read(`backend: { env: [${text}] }`), { backend: { env: [value] } });
        });
    }

    it("has merge keys", () => {
        const x = { nodeSelector: { a: "b" }, replicaCount: 1 };
        const text = JSON.stringify(x);
        assert.deepEqual(
            read(`x: &x ${text}\nbackend: { <<: *x, replicaCount: 2 }\nfrontend: { <<: [*x, { env: [] }] }`),
            { x, backend: { ...x, replicaCount: 2 }, frontend: { ...x, env: [] } },
        );
    });

    it("creates no Ingress and no websocket server where Helm creates none", () => {
        const { settings } = convert(read("global: { ingress: { enabled: off } }\nwebsocket: { enabled: no }"));
        assert.deepEqual([settings.ingress, settings.websocket], [{ kind: "none" }, { kind: "none" }]);
    });

    for (const [what, text, message] of [
        ["its own anchor", "backend: &a { <<: *a }", "has an alias inside its own anchor. Remove the alias"],
        ["a number", "backend: { <<: 1 }", "is not valid YAML: Merge sources must be maps or map aliases"],
    ] as const) {
        it(`does not merge ${what}`, () => {
            assert.throws(
                () => read(text),
                (error) => error instanceof UserError && error.message === `values.yaml: ${message}`,
            );
        });
    }
});
