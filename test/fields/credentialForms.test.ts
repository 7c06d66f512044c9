import assert from "node:assert/strict";

import { containsCredential, endsInCredential, isSecretPair } from "../../components/fields/credentialForms";

/** A UUID, as Keep's API keys are. */
const KEY = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

const isFound = (text: string) => containsCredential(text) || endsInCredential(["sh", "-c", text]);

describe("a credential in a text", () => {
    for (const text of [
        // Inside the value of an option, a parameter or a call.
        "kubectl create secret generic a --from-literal=password=hunter22hunter22",
        "helm upgrade a b --set=auth.password=hunter22",
        "docker run --env=PGPASSWORD=hunter22",
        'terraform apply -var="db_password=hunter22"',
        "curl --url=https://x/?api_key=0123456789abcdef",
        "requests.post(url=u, json=dict(token='0123456789abcdef'))",
        "-Durl=jdbc:x://h?password=hunter22",
        "mysql --password=Hunter22*",
        "password='Hunter(22'",
        "az storage blob upload --account-key Zk3N0Y2Vq1W8xT5rB7mK",
        "https://x/?api_key=my-secret-key-123",
        "https://api.telegram.org/bot5123456789:AAF0Xq3Zx9kLmN8pQrStUvWxYz012345678/sendMessage",
        "chisel client --auth=keep:Sommerferien a",
        "chisel client --auth=keep:Sommer2024x a",
        "tool --basic-auth=YWRtaW46cGFzc3dvcmQ=",
        "tool --auth=Sommer2024x",
        // Chosen secrets, in options that have no names of Secrets.
        "tool --admin-secret=SommerferienKeep",
        "tool --admin-secret SommerferienKeep",
        "tool --jwt-secret=SommerferienKeep",
        "turnserver --static-auth-secret=SommerferienKeep",
        "tool --tls-secret=Sommer2024x",
        // In a command with others inside.
        `curl -d "$(jq -nc --arg h "$(hostname)" '{host:$h}')" -u keep:hunter2 a`,
        "curl --max-time $((60 * 5)) -u keep:hunter2 a",
        `curl -d "$(psql -tc 'select count(*); commit')" -u keep:hunter2 a`,
        'curl -d ":(" -u keep:hunter2 a',
        "curl 'https://a?b=1&c=2' 2>&1 -u keep:hunter2",
        'test "$(curl -u keep:hunter2 a)" = "$(date)"',
        "redis-cli -n $((1+1)) -a hunter2 ping",
        // In the directives of proxies.
        String.raw`http-request set-header Authorization Basic\ YWRtaW46cGFzc3dvcmQ=`,
        String.raw`http-request set-header Authorization Bearer\ abcdefgh12345678`,
        `http-request set-header X-API-KEY %[str(${KEY})]`,
        `http-request deny unless { req.hdr(x-api-key) ${KEY} }`,
        `if ($http_x_api_key != "${KEY}") { return 401; }`,
        `ngx.req.set_header("X-API-KEY", "${KEY}")`,
        `[{"field": "http-header", "httpHeaderConfig": {"httpHeaderName": "X-API-KEY", "values": ["${KEY}"]}}]`,
    ]) {
        it(`is found: ${text}`, () => {
            assert.ok(isFound(text));
        });
    }

    for (const text of [
        "etcd --initial-cluster-token etcd-cluster-1 --initial-cluster-state new",
        "SELECT 1 FROM orders o JOIN customers c ON o.customer_key = c.customer_key",
        "SELECT 1 FROM sessions s JOIN users u ON s.user_token = u.user_token",
        "UPDATE users SET reset_token = :reset_token, password = crypt('x', password)",
        "job_key = 'nightly-export'",
        "connect(password=os.environ['DB_PASSWORD'])",
        `password="CONVERT(X'$(hex "$MYSQL_PASSWORD")' USING utf8mb4)"`,
        "index=auth password=failed*",
        String.raw`token=(?P<token>\S+)`,
        'curl -H "Authorization: Token token=$PD_TOKEN" https://api.example.com',
        'curl -H "Cookie: session=$SESSION" https://api.example.com',
        "Cookie: session-expired-2024",
        "X-Atlassian-Token: no-check",
        '{"X-Atlassian-Token": "no-check"}',
        "http-request set-header X-API-KEY %[env(KEY)]",
        'if ($http_x_api_key = "") { return 401; }',
        "DNT,X-API-KEY,Authorization,Keep-Alive1",
        "--from-literal=password=$PASSWORD",
        "tool --private-key key.pem --tls-key /etc/tls.key",
        "mysqladmin --default-auth=mysql_native_password ping",
        "mysqladmin --default-auth=caching_sha2_password ping",
        "initdb --auth=SCRAM-SHA-256",
        "msmtp --auth=oauthbearer a@b.c",
        "vault-agent -auth=kubernetes",
        "proxy -server.http-tls-client-auth=RequireAndVerifyClientCert",
        'test "$(curl a)" = "$(date -u +%H:%M)"',
        "diff <(curl a) <(rsync -au nas:a b)",
        "x=$(curl a) rsync -au nas:a b",
        "curl a & rsync -au nas:a b",
        "case $1 in\n a) curl a;;\n b) rsync -au nas:a b;;\nesac",
        "redis-cli $(ls -a folder) ping",
        "gcloud secrets versions access $((1 + 1)) --secret=KEEP_Smtp2",
        "--from-file=cookie-secret=cookie.b64",
        "tool --tls-secret=wildcard",
        "tool --tls-secret wildcard",
        "tool -tls-secret=wildcard",
        "tool --secret=KEEP_SMTP --existing-secret=grafanaAdmin",
        "tool --secret=keepSmtp --pull-secret=registry",
        "tool --aws-credentials=production",
    ]) {
        it(`is not seen where there is none: ${text}`, () => {
            assert.ok(!isFound(text));
        });
    }

    it("is not the key of a ticket or a table", () => {
        const keys = {
            jira_key: "PLATFORM01",
            account_key: "ACME-2026-000001234",
            runbook_key: "RB-00001234",
            aggregation_key: "checkout-latency",
            severity_key: "labels.severity",
            reset_password: "not required",
        };
        for (const [name, value] of Object.entries(keys)) assert.ok(!isSecretPair(name, value), name);
        assert.ok(isSecretPair("routing_key", "R03E0123456789ABCDEF0123456789AB"));
        assert.ok(isSecretPair("api_key", "my.weak.key"));
    });

    it("is searched for in a time that grows with the text", () => {
        const text = "password".repeat(4);
        // A pattern that backtracks would not end.
        assert.ok(!containsCredential(`${text}(`.repeat(5_000)));
        assert.ok(!containsCredential("a=".repeat(20_000)));
        assert.ok(!endsInCredential(["-u a:b ".repeat(10_000)]));
        assert.ok(!endsInCredential([`${"(".repeat(20_000)}${")".repeat(20_000)} -u a:b`]));
    });
});
