import assert from "node:assert/strict";

import { plainPasswords } from "../../components/settings/plainPasswords";

/** A text of letters and digits, as in tokens. It is no token, so that no scanner finds one here. */
const random = (length: number) => "a1B2".repeat(length).slice(0, length);

/** Annotations of ingress controllers with a credential in a header. */
const headers: Readonly<Record<string, string>> = {
    "haproxy.org/request-set-header": 'Authorization "Bearer abcdefgh12345678"',
    "haproxy.org/backend-config-snippet": 'http-request set-header Authorization "Basic YWRtaW46aHVudGVyMg=="',
    "haproxy-ingress.github.io/headers": `X-Tenant: a\nX-API-KEY: ${random(32)}`,
    "haproxy-ingress.github.io/config-backend": "http-request set-header X-API-KEY abcdefgh if { path /a }",
    "nginx.ingress.kubernetes.io/configuration-snippet": 'proxy_set_header X-API-KEY "abcdefghijkl";',
    "nginx.org/location-snippets": 'proxy_set_header Authorization "Bearer abcdefghijkl";',
    "nginx.org/proxy-set-headers": `X-Tenant: a,X-API-KEY: ${random(32)}`,
    "example.com/headers": `X-API-KEY ${random(32)}\nX-Tenant a`,
};

/** Annotations of ingress controllers with headers, but without a credential. */
const plainHeaders: Readonly<Record<string, string>> = {
    "haproxy.org/request-set-header": "X-API-KEY %[env(KEY)]",
    "haproxy.org/response-set-header": "Idempotency-Key abcdefgh12",
    "nginx.ingress.kubernetes.io/configuration-snippet":
        'proxy_set_header Authorization $http_authorization; proxy_set_header Cookie "";',
    "nginx.ingress.kubernetes.io/cors-allow-headers": "DNT,X-API-KEY,Authorization,Keep-Alive1",
    "nginx.ingress.kubernetes.io/auth-response-headers": "X-Auth-Request-User, X-Auth-Request-Email, Authorization",
    "example.com/note": "API-Key rotation is due in 2030. Authorization: see the page of 2029",
};

describe("annotations of an ingress", () => {
    for (const [name, value] of Object.entries(headers)) {
        it(`may not contain a credential in ${name}`, () => {
            assert.deepEqual(
                plainPasswords({ ingress: { annotations: { [name]: value } } }).map(({ path }) => path),
                [["ingress", "annotations", name]],
            );
        });
    }

    it("may contain headers without one", () => {
        assert.deepEqual(plainPasswords({ ingress: { annotations: plainHeaders } }), []);
    });
});

/** Annotations and labels whose name is that of a credential. */
const named: Readonly<Record<string, string>> = {
    "co.elastic.metrics/password": "hunter22",
    "co.elastic.metrics/bearer_token": "abcdefgh12345",
    "newrelic.com/license-key": random(32),
    "example.com/api-key": random(32),
    "example.com/client-secret": "keep-client",
    "k8s.apisix.apache.org/csrf-key": "my-secret-csrf-key",
    "example.com/auth": "Bearer abcdefgh12345",
    password: "hunter22",
};

const otherAnnotations: Readonly<Record<string, string>> = {
    "co.elastic.metrics/password": "${POSTGRES_PASSWORD}",
    "ad.datadoghq.com/postgres.instances": '[{"password":"ENC[k8s_secret@keep/database/password]"}]',
    "checksum/secret": random(64),
    "dapr.io/app-token-secret": "dapr-api-token",
    "ingress.pomerium.io/tls_client_secret": "client1",
    "example.com/auth-secret": "users",
    "example.com/cost-key": "platform-1234",
    "example.com/token": "%%env_TOKEN%%",
    "haproxy.org/auth-secret": "keep/users",
    "conjur.org/conjur-secrets.db": "- password: keep/prod/db-password",
    "nginx.com/jwt-key": "keep-jwk",
    "nginx.com/jwt-token": "$cookie_auth_token",
    "nginx.ingress.kubernetes.io/auth-cache-key": "$remote_user$http_authorization",
    "nginx.ingress.kubernetes.io/auth-secret": "keep-users-7h9k2m4f5t",
    "nginx.ingress.kubernetes.io/auth-secret-type": "auth-file",
    "sealedsecrets.bitnami.com/sealed-secrets-key": "active",
    "cert-manager.io/private-key-algorithm": "ECDSA",
    "vault.hashicorp.com/agent-inject-secret-db-password": "database/creds/keep",
    "vault.hashicorp.com/agent-inject-file-db-password": "password1",
    "vault.hashicorp.com/agent-inject-template-db-password": '{{ with secret "a" }}password: {{ .Data.pw }}{{ end }}',
};

/** Settings with annotations or labels, each with the path to them. */
const places: readonly string[] = [
    "pods.annotations",
    "backend.podAnnotations",
    "database.podAnnotations",
    "redis.podAnnotations",
    "frontend.service.annotations",
    "namespace.annotations",
    "namespace.labels",
    "ingress.annotations",
    "serviceAccount.annotations",
    "labels",
];

describe("annotations and labels", () => {
    for (const place of places) {
        const settingsWith = (map: object) =>
            place.split(".").reduceRight<object>((inner, step) => ({ [step]: inner }), map);

        it(`may not contain a credential by its name in ${place}`, () => {
            const found = plainPasswords(settingsWith(named));
            assert.deepEqual(
                found.map(({ path }) => path.at(-1)),
                Object.keys(named),
            );
            assert.ok(found.every(({ message }) => /\. Remove it(, or write a reference .*)?$/.test(message)));
        });

        it(`may contain references, names and hashes in ${place}`, () => {
            assert.deepEqual(plainPasswords(settingsWith(otherAnnotations)), []);
        });
    }

    it("of pods may have a reference, which the message names", () => {
        const settings = {
            pods: { annotations: named },
            database: { podAnnotations: named },
            ingress: { annotations: named },
        };
        const fixes = plainPasswords(settings).map(({ path, message }) => [path[0], message.includes("${NAME}")]);
        assert.deepEqual(Object.fromEntries(fixes), { pods: true, database: true, ingress: false });
    });
});
