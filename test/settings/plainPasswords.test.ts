import assert from "node:assert/strict";

import { plainPasswords } from "../../components/settings/plainPasswords";

/** A text of letters and digits, as in tokens. It is no token, so that no scanner finds one here. */
const random = (length: number) => "a1B2".repeat(length).slice(0, length);

/** Names and values of variables with a credential, by its form. */
const credentials: Readonly<Record<string, readonly [name: string, value: string]>> = {
    "a token of GitHub": ["SOURCE", `ghp_${random(36)}`],
    "a fine-grained token of GitHub": ["SOURCE", `github_pat_${random(30)}`],
    "a token of GitLab": ["SOURCE", `glpat-${random(20)}`],
    "a token of Slack": ["CHAT", `xoxb-1234567890-1234567890-${random(24)}`],
    "a key of OpenAI": ["MODEL", `sk-proj-${random(40)}`],
    "a key of Anthropic": ["MODEL", `sk-ant-api03-${random(40)}`],
    "both keys of AWS": ["CLOUD", `AKIA${"A".repeat(16)}:${random(40)}`],
    "a webhook of Slack": ["SLACK_WEBHOOK_URL", `https://hooks.slack.com/services/T0/B0/${random(24)}`],
    "a webhook of Discord": ["CHAT_URL", `https://discord.com/api/webhooks/123/${random(30)}`],
    "a header of Honeycomb": ["OTEL_EXPORTER_OTLP_HEADERS", "x-honeycomb-team=abcdefgh123"],
    "a key in the second header": ["OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=a,api-key=abcdefgh123"],
    "a user and a password": ["UPSTREAM", "Basic dXNlcjpwYXNz1="],
    "a bearer token": ["UPSTREAM", "Bearer abcdefgh12345"],
};

const others: Readonly<Record<string, readonly [name: string, value: string]>> = {
    "the id of a key of AWS": ["AWS_ACCESS_KEY_ID", `AKIA${"A".repeat(16)}`],
    "a name with the letters of a token": ["DISK", `disk-${random(22)}`],
    "words after the name of a scheme": ["UPSTREAM", "Basic authentication"],
    "a header without a credential": ["OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=production1"],
    "a header that names another variable": ["OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=$(HONEYCOMB_KEY)"],
    "a token of another variable": ["UPSTREAM", "Bearer $(UPSTREAM_TOKEN1)"],
    "a webhook of another variable": ["SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/$(SLACK_PATH)"],
    "a page of Slack": ["DOCS", "https://api.slack.com/apps"],
};

function issuesOf([name, value]: readonly [string, string]) {
    return plainPasswords({ backend: { env: { [name]: value } } });
}

describe("plain variables", () => {
    for (const [what, variable] of Object.entries(credentials)) {
        it(`may not contain ${what}`, () => {
            const [found] = issuesOf(variable);
            assert.deepEqual(found?.path, ["backend", "env", variable[0]]);
            assert.match(found.message, /Move it to keep:secretEnv/);
        });
    }

    for (const [what, variable] of Object.entries(others)) {
        it(`may contain ${what}`, () => {
            assert.deepEqual(issuesOf(variable), []);
        });
    }
});
