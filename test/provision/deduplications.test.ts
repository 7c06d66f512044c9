import assert from "node:assert/strict";

import { problemsOfFiles } from "./problems";

const BY_NAME = "fingerprint_fields: [name]\n";
const GRAFANA = `provider_type: grafana\n${BY_NAME}`;

const FAULTS: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, ...messages: string[]]>> = {
    "of two providers": [
        { "a.yaml": `name: a\nprovider: mine\nprovider_type: grafana\n${BY_NAME}` },
        '("a.yaml:2") is invalid: provider must be the name of a connected provider. For alerts of a type without one, set provider_type instead.',
    ],
    "with an id that Keep replaces by that of the provider": [
        { "a.yaml": `name: a\nprovider: mine\nprovider_id: eu\n${BY_NAME}` },
        '("a.yaml:3") is invalid: provider_id has no effect without provider_type. Remove it, or set provider_type in place of provider.',
    ],
    "for the alerts of another one": [
        {
            "a.yaml": `name: a\n${GRAFANA}`,
            "b.yaml": `name: b\n${GRAFANA}`,
            "c.yaml": `name: c\nprovider_id: eu\n${GRAFANA}`,
            "d.yaml": `name: d\nprovider_id: us\n${GRAFANA}`,
            "e.yaml": `name: e\nprovider_id: us\n${GRAFANA}`,
            "f.yaml": `name: f\nprovider: grafana\n${BY_NAME}`,
        },
        '("b.yaml") has the same provider as a.yaml: provider_type grafana. Remove one, because Keep applies only one rule for each provider.',
        '("e.yaml") has the same provider as d.yaml: provider_type grafana, provider_id us. Remove one, because Keep applies only one rule for each provider.',
    ],
};

describe("a deduplication rule in a file", () => {
    for (const [what, [files, ...messages]] of Object.entries(FAULTS)) {
        it(`is refused: ${what}`, async () => {
            assert.deepEqual(await problemsOfFiles("deduplications", files), messages);
        });
    }
});
