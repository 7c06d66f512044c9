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

/** A workflow with one step. */
function workflow(provider: string, consts = "{}"): string {
    return `workflow:\n  id: a\n  consts: ${consts}\n  actions:\n    - name: b\n      provider: ${provider}\n`;
}

/** Parts of workflows with a credential that only the name of its key or the option of a command shows. */
const PARTS: Readonly<Record<string, readonly [provider: string, consts?: string]>> = {
    "a key in a body": ["{type: http, with: {url: https://a.io, body: {routing_key: R03E0123456789ABCDEF}}}"],
    "a token in parameters": ["{type: http, with: {url: https://a.io, params: {token: azGDORePK8gMaC0QO}}}"],
    "a key of a provider": ["{type: pagerduty, with: {title: a, routing_key: R03E0123456789ABCDEF}}"],
    "a password of a step": ["{type: console, with: {message: a, password: hunter2}}"],
    "a password of digits": [
        "{type: postgres, config: {authentication: {host: a, password: 123456}}, with: {query: a}}",
    ],
    "a token in the constants": ["{type: console, with: {message: a}}", "{api_token: 0123456789abcdef}"],
    "a password of curl": ["{type: bash, with: {command: curl -u admin:hunter2 https://a.io}}"],
    "a key in a header of curl": [`{type: bash, with: {command: "curl -H 'X-API-KEY: abcdefghijkl' https://a.io"}}`],
    "a password of redis-cli": ["{type: ssh, with: {command: redis-cli -a hunter2 ping}}"],
    "a header as a whole": ["{type: http, with: {url: https://a.io, headers: {Authorization: abcdefghijkl}}}"],
};

/** Parts of workflows with names of credentials, but without a credential. */
const REFERENCES: readonly (readonly [provider: string, consts?: string])[] = [
    ['{type: http, with: {url: https://a.io, body: {routing_key: "{{ secrets.key }}", password: "{{ alert.a }}"}}}'],
    ['{type: http, with: {url: https://a.io, headers: {Authorization: "Bearer {{ secrets.token }}"}}}'],
    ["{type: http, with: {url: https://a.io, headers: {X-Atlassian-Token: no-check, X-CSRF-Token: Fetch}}}"],
    ["{type: pagerduty, with: {title: a, routing_key: your_routing_key, incident_key: 7f3baa50-e7ef-4891}}"],
    ["{type: flashduty, with: {title: a, alert_key: 611eed6614ec}}"],
    ["{type: mock, with: {enrich_alert: [{key: ticket_number, value: a}]}}", "{team_key: platform-team}"],
    [`{type: bash, with: {command: 'curl -u "admin:$PASSWORD" -H "X-API-KEY: $KEY" https://a.io'}}`],
    ["{type: slack, with: {message: Run login --password with your password}}"],
];

describe("credentials in files", () => {
    for (const [what, [kind, files, problem]] of Object.entries(FAULTS)) {
        it(`are rejected: ${what}`, async () => {
            assert.deepEqual(await problemsOfFiles(kind, files), [problem]);
        });
    }

    for (const [what, parts] of Object.entries(PARTS)) {
        it(`are rejected in workflows: ${what}`, async () => {
            const found = await problemsOfFiles("workflows", { "a.yaml": workflow(...parts) });
            assert.equal(found.length, 1);
            assert.match(found[0] ?? "", /contains a password or key in plain text/);
        });
    }

    it("are not found in columns of a mapping", async () => {
        const rows = "{host: a, customer_key: 3f2504e0-4f89-41d3-9a0c-0305e82c3301, account_key: ACME01234567890123}";
        const mapping = `name: a\nmatchers: [[host]]\nrows:\n  - ${rows}\n`;
        assert.deepEqual(await problemsOfFiles("mappings", { "a.yaml": mapping }), []);
    });

    it("are not found in references, examples, and names of other keys", async () => {
        for (const parts of REFERENCES) {
            assert.deepEqual(await problemsOfFiles("workflows", { "a.yaml": workflow(...parts) }), []);
        }
    });
});
