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
    "a password of ADO.NET": ["SQL_CONN", "Server=db;User Id=sa;Password=x;"],
    "a password of ODBC": ["SQL_CONN", "Driver={ODBC Driver 18};Server=db;Uid=sa;Pwd=x;"],
    "a password of libpq": ["SOURCE", "host=db password=x"],
    "a password of JDBC": ["JDBC_URL", "jdbc:postgresql://db/keep?user=keep&password=x"],
    "a key in a URL": ["SOURCE_URL", `https://api.example.com/v1?api_key=${random(32)}`],
    "a key of a storage account": ["STORAGE", `AccountName=keep;AccountKey=${random(60)}==;EndpointSuffix=a`],
    "a signed URL": ["STORAGE", `https://keep.blob.core.windows.net/c?sv=2022&sig=${random(30)}%3D`],
    "a JWT": ["SOURCE", `eyJ${random(20)}.eyJ${random(20)}.${random(30)}`],
    "a token of Vault": ["SOURCE", `hvs.${random(30)}`],
    "a token in a URL of Git": ["GIT_URL", `https://${random(20)}@github.com/a/b`],
    "a password in JSON": ["SOME_JSON", '{"user": "keep", "password": "x"}'],
    "a password in YAML": ["CONFIG", "db:\n  user: keep\n  password: hunter22\n"],
    "a key in YAML": ["CONFIG", `headers:\n  - api_key: "${random(32)}" # of production`],
    "a line of YAML": ["CONFIG", "password: hunter22"],
    "a password of two words in YAML": ["CONFIG", "password: 'correct horse'"],
    "a number in JSON": ["SOME_JSON", '{"password": 12345678, "port": 1}'],
    "a provider of Keep": ["KEEP_PROVIDER_GRAFANA", '{"type": "grafana", "authentication": {"host": "a"}}'],
};

const others: Readonly<Record<string, readonly [name: string, value: string]>> = {
    "the id of a key of AWS": ["AWS_ACCESS_KEY_ID", `AKIA${"A".repeat(16)}`],
    "a name with the letters of a token": ["DISK", `disk-${random(22)}`],
    "words after the name of a scheme": ["UPSTREAM", "Basic authentication"],
    "a header without a credential": ["OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=production1"],
    "a header that names another variable": ["OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=$(HONEYCOMB_KEY)"],
    "a token of another variable": ["UPSTREAM", "Bearer $(UPSTREAM_TOKEN1)"],
    "a webhook of another variable": ["SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/$(SLACK_PATH)"],
    "a password of another variable": ["SOURCE", "host=db password=$(DB_PASSWORD)"],
    "a comparison": ["FILTER", 'password == "changed"'],
    "an address of Sentry": ["SENTRY_DSN", `https://${"a1".repeat(16)}@o1.ingest.sentry.io/1`],
    "a user in a URL of Git": ["GIT_URL", "https://platform@bitbucket.org/a/b"],
    "JSON without a credential": ["SOME_JSON", '{"key": "severity", "tokenUrl": "https://a.example.com"}'],
    "a provider with a token of another variable": [
        "KEEP_PROVIDER_GRAFANA",
        '{"authentication": {"token": "$(TOKEN)"}}',
    ],
    "a header with another variable after a scheme": ["OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20$(TOKEN)"],
    "another header with another variable after a scheme": [
        "OTEL_EXPORTER_OTLP_HEADERS",
        "Authorization=Api-Token $(TOKEN)",
    ],
    "references in YAML": [
        "CONFIG",
        "a:\n  password: ${env:PW}\n  token: {{ .Token1234 }}\n  secret: !secret hunter22\n  api_key: |\n  password:\n",
    ],
    "names in YAML": [
        "CONFIG",
        "topologyKey: kubernetes.io/hostname\ncredentials: keep-backup-s3\nsecret: keep-auth\nsecretKey: db-password\npassword: keep/prod/db\ntoken_url: abcdefgh12",
    ],
    "a schema in YAML": ["CONFIG", "password: string\nsecret: required\ntoken: null"],
    "words about a password": ["NOTE", "Reset your password: click here.\nPassword: write to your administrator"],
    "a reference of Datadog": ["CONFIG", '{"password":"ENC[k8s_secret@keep/database/password]"}'],
    "the name of a Secret": ["TS_KUBE_SECRET", "tailscale-keep"],
    "the name of a Secret with a suffix": ["TLS_SECRET", "keep-tls-7h9k2m4f5t"],
    "the path of a secret": ["DB_SECRET", "projects/123/secrets/keep/versions/latest"],
    "the name of a key": ["BUS", "Endpoint=sb://a.example.com/;SharedAccessKeyName=RootManageSharedAccessKey"],
    "a page of Slack": ["DOCS", "https://api.slack.com/apps"],
};

function issuesOf([name, value]: readonly [string, string]) {
    return plainPasswords({ backend: { env: { [name]: value } } });
}

/** Names of credentials, with values that are credentials though they look like names. */
const chosen: readonly (readonly [name: string, value: string])[] = [
    ["CLIENT_SECRET", "keep-client-secret"],
    ["JWT_SECRET", "a-weak-secret"],
    ["API_KEY", "keep-key"],
    ["DB_PASSWORD", "keep-password"],
    ["DB_SECRET", `keep-${random(20)}`],
    ["DB_SECRET", random(32)],
];

describe("plain variables", () => {
    it("may not contain a name as a credential", () => {
        assert.deepEqual(
            chosen.filter((variable) => issuesOf(variable).length === 0),
            [],
        );
    });

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

/** Parts of a container in which a credential is plain text, with the place of the credential. */
const containers: Readonly<Record<string, readonly [container: object, ...place: string[]]>> = {
    "a command in a shell": [{ command: ["sh", "-c", "curl -u admin:hunter2 https://a"] }, "command", "2"],
    "a command with joined options": [{ command: ["sh", "-c", "curl -fsSu admin:hunter2 https://a"] }, "command", "2"],
    "a command in lines": [{ command: ["sh", "-c", "curl -d $BODY \\\n  -u admin:hunter2 https://a"] }, "command", "2"],
    "a password after another command": [
        { command: ["sh", "-c", 'curl -d "$(cat a)" -u admin:hunter2 https://a'] },
        "command",
        "2",
    ],
    "a secret in an option": [{ command: ["a", "--secret=abcd1234abcd1234"] }, "command", "1"],
    "a random secret with a dash": [{ args: ["--secret=Zk9_mNf5Zs2-Pv3xaWytBmc5W7sPX7wOQIN"] }, "args", "0"],
    "a random secret in two words": [{ args: ["--secret", "Zk9_mNf5Zs2-Pv3xaWytBmc5W7sPX7wOQIN"] }, "args", "1"],
    "a chosen secret": [{ args: ["--admin-secret=SommerferienKeep"] }, "args", "0"],
    "a secret of another command than Google's": [
        { command: ["sh", "-c", "gcloud auth list; proxy --secret=KEEP_Smtp2"] },
        ...["command", "2"],
    ],
    "a password of SSH": [{ command: ["sshpass", "-p", "hunter2", "ssh", "a"] }, "command", "2"],
    "a command in words": [{ command: ["curl"], args: ["-u", "admin:hunter2", "https://a"] }, "args", "1"],
    "a header in words": [{ command: ["curl", "-H", "X-API-KEY: abcdefghijkl"] }, "command", "2"],
    "a header in a shell": [{ command: ["sh", "-c", "wget --header='Private-Token: abcdefghijkl' a"] }, "command", "2"],
    "a header of a probe without a scheme": [
        { livenessProbe: { httpGet: { httpHeaders: [{ name: "Authorization", value: "abcdefghijkl" }] } } },
        ...["livenessProbe", "httpGet", "httpHeaders", "0", "value"],
    ],
    "an exported variable": [{ command: ["sh", "-c", "export API_TOKEN=abcdefgh1234; run"] }, "command", "2"],
    "a variable before a command": [{ command: ["sh", "-c", "PGPASSWORD=x psql -h db"] }, "command", "2"],
    "an option of a server": [{ args: ["--requirepass", "hunter2"] }, "args", "1"],
    "a header of a probe": [
        { livenessProbe: { httpGet: { httpHeaders: [{ name: "Authorization", value: "Bearer abcdefgh1234" }] } } },
        ...["livenessProbe", "httpGet", "httpHeaders", "0", "value"],
    ],
    "a file of YAML in a shell": [
        { command: ["sh", "-c", "cat > /run/a.yaml <<EOF\nuser: keep\npassword: hunter22\nEOF"] },
        ...["command", "2"],
    ],
    "a line of YAML in a shell": [{ command: ["sh", "-c", "echo 'password: hunter22' > /run/a"] }, "command", "2"],
    "lines of YAML in a shell": [{ args: ["printf 'user: keep\\npassword: hunter22\\n' > /run/a"] }, "args", "0"],
    "a command of a probe": [
        { livenessProbe: { exec: { command: ["redis-cli", "-a", "hunter2", "ping"] } } },
        ...["livenessProbe", "exec", "command", "2"],
    ],
    "a command of a hook": [
        { lifecycle: { preStop: { exec: { command: ["sh", "-c", "logout --password=hunter2"] } } } },
        ...["lifecycle", "preStop", "exec", "command", "2"],
    ],
};

const plainContainers: Readonly<Record<string, object>> = {
    "another command after curl": {
        command: ["sh", "-c", 'curl -d "$(date -u +%H:%M:%S)" https://a\nrsync -au nas:workflows/ /w/'],
    },
    "a secret of Google's by its name": {
        command: ["gcloud", "secrets", "versions", "access", "latest", "--secret=KEEP_Smtp2"],
    },
    "such a secret with digits in a shell": {
        command: ["sh", "-c", "gcloud secrets versions access $(cat v) --secret Zk9mNf5Zs2Pv3xaW --project=a > /run/a"],
    },
    "a source of a password of OpenSSL": { command: ["sh", "-c", "openssl enc -pass env:ENC_PASS -in a"] },
    "a command with the name of a header": { command: ["fetch-token", "--audience=vault1"] },
    "lines with such a command": { command: ["sh", "-c", "set -e\n  fetch-token --audience=vault1\n"] },
    "a variable in a command": { command: ["sh", "-c", 'curl -u "admin:$PASSWORD" -H "x: $TOKEN" https://a'] },
    "variables in headers": {
        command: ["curl", "-H", "X-API-KEY: $(KEY)", "-H", "Authorization: GenieKey $(KEY)", "keep-backend:8080/a1"],
    },
    "a header from a file": {
        command: ["sh", "-c", 'curl -H "Authorization: GenieKey $(cat /run/key)" -H @/run/a https://a'],
    },
    "variables after a scheme": {
        command: [
            "sh",
            "-c",
            'curl -H "Authorization: Api-Token $DT_TOKEN1" -H "Authorization: Token token=$PD_KEY1" -H "Cookie: session=$ID" a',
        ],
    },
    "names of Secrets": {
        command: ["sh", "-c", "gcloud secrets versions access latest --secret=keep-db-password > /run/a"],
        args: ["--existing-secret=keep-x1234", "--tls-secret", "keep-tls", '--secret="keep/db"', "--secret=wildcard"],
    },
    "code that reads a variable or file": {
        command: [
            "python3",
            "-c",
            'token=os.environ["TOKEN"]; api_key = os.getenv("KEY"); password = open("/run/pw").read()',
        ],
        args: ["apiKey = process.env.API_KEY"],
    },
    "variables in arguments": { args: ["--client-secret=$(SECRET)", "--token", "$(TOKEN)", "--user", "1000:1000"] },
    "the name of a Secret": { args: ["--set", "auth.existingSecret=keep-database"] },
    "a file with a password": { args: ["--password-file", "/run/password", "--token=/run/token"] },
    "a shell with a variable of another": {
        command: ["sh", "-c", 'export API_TOKEN="$UPSTREAM_TOKEN"; redis-cli -a $PW'],
    },
};

describe("containers", () => {
    for (const [what, [container, ...place]] of Object.entries(containers)) {
        it(`may not contain a credential in ${what}`, () => {
            const found = plainPasswords({ backend: { sidecars: [{ name: "a", ...container }] } });
            assert.deepEqual(
                found.map(({ path }) => path),
                [["backend", "sidecars", "0", ...place]],
            );
        });
    }

    for (const [what, container] of Object.entries(plainContainers)) {
        it(`may contain ${what}`, () => {
            assert.deepEqual(plainPasswords({ backend: { sidecars: [{ name: "a", ...container }] } }), []);
        });
    }

    it("may not have a token in annotations or labels of their pods", () => {
        const token = `ghp_${random(36)}`;
        const settings = { backend: { podAnnotations: { "example.com/a": token } }, labels: { b: token } };
        assert.equal(plainPasswords(settings).length, 2);
    });
});
