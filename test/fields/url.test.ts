import { accepts } from "../support/refusals";

const client = { clientId: "keep" };
const authClientSecret = "s";

describe("addresses of services", () => {
    accepts({
        "the org authorization server of Okta, with its own audience": {
            auth: {
                kind: "okta",
                ...client,
                issuer: "https://admin.okta.com/",
                audience: "https://admin.okta.com",
                jwksUrl: "https://admin.okta.com/oauth2/v1/keys?client_id=keep",
            },
            authClientSecret,
        },
        "the id of a client of Keycloak that is its secret too": {
            auth: { kind: "keycloak", clientId: "s", url: "https://kc.example.com", realm: "r", adminUser: "root" },
            authClientSecret,
            keycloakAdminPassword: "p",
        },
        "an issuer of OneLogin": {
            auth: { kind: "onelogin", ...client, issuer: "https://auth.onelogin.com/oidc/2" },
            authClientSecret,
        },
        "a Keycloak below a path": {
            auth: {
                kind: "keycloak",
                ...client,
                url: "https://id.example.com/auth/",
                issuer: "https://id.example.com/auth/realms/account",
                realm: "account",
                adminUser: "root",
            },
            authClientSecret,
            keycloakAdminPassword: "p",
        },
        "a realm whose issuer is encoded, at another host": {
            auth: {
                kind: "keycloak",
                ...client,
                url: "http://keycloak.sso.svc:8080",
                issuer: "https://id.example.com/realms/%C3%A9quipe",
                realm: "équipe",
                adminUser: "root",
            },
            authClientSecret,
            keycloakAdminPassword: "p",
        },
        "a domain of Auth0 in capitals": {
            auth: { kind: "auth0", ...client, domain: "Acme.eu.auth0.com" },
            authClientSecret,
        },
        "an authorization server of Okta by its id, at a domain of your own": {
            auth: {
                kind: "okta",
                ...client,
                issuer: "https://id.example.com/oauth2/aus1a2b3c4d5",
                audience: "api://keep",
            },
            authClientSecret,
        },
        "ids of Entra ID in capitals": {
            auth: {
                kind: "azuread",
                clientId: "AAAAAAAA-2222-3333-4444-555555555555",
                tenantId: "BBBBBBBB-2222-3333-4444-555555555555",
                adminGroupId: "CCCCCCCC-2222-3333-4444-555555555555",
                nocGroupId: "DDDDDDDD-2222-3333-4444-555555555555",
            },
            authClientSecret,
        },
        "a Vault below a path, and a namespace": {
            secretStore: {
                kind: "vault",
                address: "https://gateway.example.com/v1/vault",
                namespace: "ui",
                role: "keep",
            },
        },
        "a model behind a gateway": {
            openai: { model: "mistral/large:latest", baseUrl: "https://llm.example.com/models/v1/" },
            openaiApiKey: "k",
        },
        "the v1 API of Azure OpenAI": {
            openai: { baseUrl: "https://acme.openai.azure.com/openai/v1/" },
            openaiApiKey: "k",
        },
        "the v1 API of a project of Azure AI Foundry": {
            openai: { baseUrl: "https://acme.services.ai.azure.com/api/projects/keep/openai/v1" },
            openaiApiKey: "k",
        },
        "Gemini by OpenAI's protocol": {
            openai: { baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai/" },
            openaiApiKey: "k",
        },
        "an Ollama in the cluster": { openai: { baseUrl: "http://ollama.ai.svc:11434/v1" }, openaiApiKey: "k" },
        "OpenAI in Europe": { openai: { baseUrl: "https://eu.api.openai.com/v1/" }, openaiApiKey: "k" },
        "Groq by OpenAI's protocol": { openai: { baseUrl: "https://api.groq.com/openai/v1/" }, openaiApiKey: "k" },
        "OpenRouter by OpenAI's protocol": { openai: { baseUrl: "https://openrouter.ai/api/v1" }, openaiApiKey: "k" },
        ...Object.fromEntries(
            [
                "https://api.mistral.ai/v1",
                "https://api.anthropic.com/v1/",
                "https://api.x.ai/v1",
                "https://api.together.xyz/v1",
                "https://api.fireworks.ai/inference/v1/",
                "https://api.deepseek.com",
                "http://litellm:4000",
            ].map((baseUrl) => [`a model at ${baseUrl}`, { openai: { baseUrl }, openaiApiKey: "k" }]),
        ),
        "OpenAI's own address": { openai: { baseUrl: "https://api.openai.com/v1" }, openaiApiKey: "k" },
        "an Elasticsearch below a path, and its key in base64": {
            elasticsearch: { hosts: ["https://gateway.example.com:443/search_v1"] },
            elasticsearchApiKey: "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==",
        },
        "proxies by address, and by the short name of a Service": {
            proxy: { http: "http://[2001:db8::10]:3128", https: "https://squid:3128" },
        },
        "proxies, and hosts without them": {
            proxy: {
                http: "http://proxy.example.com:3128/",
                https: "http://proxy.example.com",
                noProxy: [
                    ".example.com",
                    "git.example.com:8443",
                    "10.1.2.3/8",
                    "192.0.2.1",
                    "fd00::1",
                    "corp",
                    "my_host",
                    "10.0.0.1:80",
                    "*",
                ],
            },
        },
        "a service of buckets below a path": {
            database: { kind: "postgres" },
            backup: {
                kind: "s3",
                bucket: "dumps",
                endpoint: "https://abc.supabase.co/storage/v1/s3",
                credentials: "s3",
            },
        },
        "a bucket with the name of its server": {
            database: { kind: "postgres" },
            backup: { kind: "s3", bucket: "minio", endpoint: "https://minio.example.com", credentials: "s3" },
        },
        "an API elsewhere, below a path": {
            backend: { enabled: false, url: "https://keep.example.com/v2" },
            websocket: { kind: "none" },
        },
    });
});

describe("addresses of buckets", () => {
    const endpoints = [
        ["http://minio.minio.svc:9000", "minio"],
        ["https://backup.example.com", "backup"],
        ["https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com", "dumps"],
        ["https://0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com/", "dumps"],
        ["https://fra1.digitaloceanspaces.com", "dumps"],
        ["https://s3.eu-central-1.wasabisys.com", "dumps"],
        ["https://s3.us-west-004.backblazeb2.com", "dumps"],
        ["https://fsn1.your-objectstorage.com", "dumps"],
        ["https://storage.googleapis.com", "storage"],
        ["https://us-east-1.linodeobjects.com", "dumps"],
        ["https://oss-cn-hangzhou-internal.aliyuncs.com", "dumps"],
        ["https://s3.oss-eu-central-1.aliyuncs.com", "dumps"],
        ["https://s3.oss-accelerate.aliyuncs.com", "dumps"],
        ["https://cos.ap-guangzhou.myqcloud.com", "dumps-1250000000"],
        ["https://s3.fr-par.scw.cloud", "dumps", "fr-par"],
        ["https://s3.gra.io.cloud.ovh.net", "dumps", "gra"],
        ["https://s3-external-1.amazonaws.com", "dumps"],
        ["https://s3.amazonaws.com", "dumps"],
        ["https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com", "dumps"],
        ["https://s3-store.example.com", "s3-store"],
        ["https://s3.us-east-1.amazonaws.com", "dumps"],
    ] as const;
    accepts(
        Object.fromEntries(
            endpoints.map(([endpoint, bucket, region = "us-east-1"]) => [
                `the bucket ${bucket} at ${endpoint}`,
                { database: { kind: "postgres" }, backup: { kind: "s3", bucket, endpoint, region, credentials: "s3" } },
            ]),
        ),
    );
    accepts({
        "an endpoint of the bucket's region": {
            database: { kind: "postgres" },
            backup: {
                kind: "s3",
                bucket: "dumps",
                endpoint: "https://s3.dualstack.eu-west-1.amazonaws.com",
                region: "eu-west-1",
                credentials: "s3",
            },
        },
        "a service of buckets for CloudNativePG": {
            database: {
                kind: "cloudnativepg",
                backup: {
                    destination: "s3://dumps/keep",
                    endpoint: "https://fra1.digitaloceanspaces.com",
                    credentials: "s3",
                },
            },
        },
        "Google's buckets for CloudNativePG": {
            database: {
                kind: "cloudnativepg",
                backup: {
                    destination: "s3://dumps/keep",
                    endpoint: "https://storage.googleapis.com",
                    credentials: "s3",
                },
            },
        },
    });
});
