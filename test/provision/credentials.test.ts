import assert from "node:assert/strict";

import type { Kind } from "../../components/provision/kinds";
import { problemsOfFiles } from "./problems";

const FAULTS: Readonly<Record<string, readonly [Kind, Readonly<Record<string, string>>, string]>> = {
    "a literal token in a header": [
        "workflows",
        {
            "a.yaml": `workflow:
  id: a
  actions:
    - name: b
      provider:
        type: http
        with:
          url: https://a.example.com
          headers: {Authorization: Bearer abcdefgh1234}
`,
        },
        '("a.yaml:9") is invalid: workflow.actions.0.provider.with.headers.Authorization contains a password or key in plain text. Write {{ secrets.NAME }} with a secret of the workflow in Keep, or use a provider of keep:providers.',
    ],
    "a literal password of a provider": [
        "workflows",
        {
            "a.yaml": `workflow:
  id: a
  steps:
    - name: b
      provider:
        type: postgres
        config: {authentication: {host: a, password: x}}
        with: {}
`,
        },
        '("a.yaml:7") is invalid: workflow.steps.0.provider.config.authentication.password contains a password or key in plain text. Name a provider of keep:providers, such as config: "{{ providers.slack }}", or write {{ env.NAME }} with a variable in keep:secretEnv.',
    ],
    "a literal token in a mapping": [
        "mappings",
        {
            "a.yaml": `name: a\nmatchers: [[b]]\nrows:\n  - {b: c, url: "https://a.example.com?api_key=${"a1B2".repeat(8)}"}\n`,
        },
        '("a.yaml:4") is invalid: rows.0.url contains a password or key in plain text. Remove it.',
    ],
};

describe("credentials in files", () => {
    for (const [what, [kind, files, problem]] of Object.entries(FAULTS)) {
        it(`are rejected: ${what}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, files), [problem]);
        });
    }
});
