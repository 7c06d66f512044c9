import assert from "node:assert/strict";

import { namesSecret } from "../../components/fields/secretName";

const SECRET = `
AWS_SECRET_ACCESS_KEY SECRET_KEY DB_PASSPHRASE GITHUB_PAT DATABASE_CONNECTION_STRING db_password SMTP_PASS
KEEP_READ_ONLY_BYPASS_KEY PUSHOVER_USER_KEY DATADOG_APP_KEY ZENDUTY_KEY INTEGRATION_KEY KEEP_DEFAULT_API_KEYS APIKEY
KEY smtp.password PGPASSWORD REDISCLI_AUTH REDIS_AUTH SSHPASS dbPassword apiKey AUTHTOKEN NGROK_AUTHTOKEN MYAPIKEY
ENCRYPTIONKEY OPENAI_API_KEY_2 OPENAI_API_KEY_PROD SMTP_PASSWORD_1 DB_PASS_RO API_TOKEN_V2 DOCKER_AUTH_CONFIG DB_PW
KEEP_PROVIDER_GRAFANA VAULT_SECRET_ID X-Api-Key`;

const PUBLIC = `
PUSHER_APP_KEY WEB_PUSHER_APP_KEY SOKETI_DEFAULT_APP_KEY AWS_ACCESS_KEY_ID AWS_KMS_KEY SSH_KEY_PATH TLS_KEY_FILE RSA_PUBLIC_KEY
STRIPE_PUBLISHABLE_KEY NEXT_PUBLIC_MAPS_KEY MAX_TOKENS TOKEN_URL PARTITION_KEY JIRA_PROJECT_KEY TEAM_KEY MONKEY COMPASS KEYS KEY_ID PUBLIC_KEY PUBLIC_KEY_2 publicKey PASSWORD_PATH TOKEN_FILE PASSWORD_MIN_LENGTH TOKEN_EXPIRATION
SECRET_NAME API_KEY_HEADER MAX_TOKEN ETCD_INITIAL_CLUSTER_TOKEN EXISTING_SECRET KEEP_PROVIDER_DISTRIBUTION_ENABLED SMTP_AUTH AUTHOR BYPASS COMPAT
HOTKEY incident_key alert_key Idempotency-Key DEDUP_KEY LOG_AUTH_PAYLOAD KEY_2_ID SharedAccessKeyName`;

function words(text: string): string[] {
    return text.trim().split(/\s+/);
}

describe("the name of a variable", () => {
    it("says that it is a credential", () => {
        assert.deepEqual(
            words(SECRET).filter((name) => !namesSecret(name, "hunter2")),
            [],
        );
    });

    it("says so of nothing that is public", () => {
        assert.deepEqual(
            words(PUBLIC).filter((name) => namesSecret(name, "hunter2")),
            [],
        );
    });

    it("says so whatever the first character of the value is", () => {
        const key = "K7MDENGbPxRfiCYEXAMPLEKEYwJalrXUtnFEMI1";
        assert.deepEqual(
            [`/${key}`, `/${key.replace("b", "/")}`, "@dmin2024", "%Welcome1"].filter(
                (value) => !namesSecret("AWS_SECRET_ACCESS_KEY", value),
            ),
            [],
        );
    });

    it("says so with a user and a password, where others have a kind of sign-in", () => {
        const values = ["admin:hunter2", "basic", "$(USER):$(PASSWORD)", "https://auth.example.com"];
        assert.deepEqual(
            values.filter((value) => namesSecret("BASIC_AUTH", value)),
            ["admin:hunter2"],
        );
    });

    it("says nothing of a switch, a path, a URL, a reference, or the name of a key in a cloud", () => {
        const values = [
            "",
            "true",
            "/run/key",
            "https://a",
            "$(B)",
            "$B",
            "<key>",
            "YOUR_KEY",
            "arn:aws:kms:eu-west-1:1:key/a",
            "phc_abc",
            "{key}",
            "%[env(KEY)]",
            "@/run/key",
            "vault:secret/data/keep#KEY",
            "keep-key@azurekeyvault",
            "file:/etc/key",
        ];
        assert.deepEqual(
            values.filter((value) => namesSecret("SIGNING_KEY", value)),
            [],
        );
    });
});
