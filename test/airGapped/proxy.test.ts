import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { type Asker, asker, PARTS, pod } from "../network/asker";

const proxy = { https: "http://proxy.example.com:3128", noProxy: [".corp.example.com"] };
const identity = {
    serviceAccount: { annotations: { "azure.workload.identity/client-id": "11111111-2222-3333-4444-555555555555" } },
};

/** Backups that connect to the outside. */
const BUCKETS = {
    s3: { kind: "s3", bucket: "dumps", credentials: "s3" },
    gcs: { kind: "gcs", bucket: "dumps" },
    azure: { kind: "azure", account: "keepdumps", container: "dumps", ...identity },
};

async function backupPod(written: Written) {
    const { one } = await deployKeep({ database: { kind: "postgres" }, ...written });
    return one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec;
}

interface Variable {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

async function uploadEnv(written: Written): Promise<Readonly<Record<string, unknown>>> {
    const { containers } = await backupPod(written);
    const variables: readonly Variable[] = containers[0]?.env ?? [];
    return Object.fromEntries(variables.map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef]));
}

describe("the upload of backups", () => {
    for (const [kind, backup] of Object.entries(BUCKETS)) {
        it(`uses keep:proxy with ${kind}, in both cases of the variables`, async () => {
            const env = await uploadEnv({ proxy: { ...proxy, http: "http://proxy.example.com:3129" }, backup });

            for (const name of ["HTTPS_PROXY", "https_proxy"]) assert.equal(env[name], proxy.https);
            for (const name of ["HTTP_PROXY", "http_proxy"]) assert.equal(env[name], "http://proxy.example.com:3129");
            for (const name of ["NO_PROXY", "no_proxy"]) {
                const direct = String(env[name]).split(",");
                // The servers on nodes from which it gets its cloud identity.
                for (const host of [".corp.example.com", ".svc", "169.254.169.254", "169.254.170.23", "fd00:ec2::23"]) {
                    assert.ok(direct.includes(host), host);
                }
            }
        });
    }

    it("uses the proxy of the API from a Secret, and the variables in its address", async () => {
        const fromSecret = await uploadEnv({
            backup: BUCKETS.s3,
            secretEnv: { backend: { HTTPS_PROXY: "http://me:p@proxy.example.com:3128" } },
        });
        assert.deepEqual(fromSecret.HTTPS_PROXY, { name: "keep.env", key: "backend.HTTPS_PROXY" });

        const composed = await uploadEnv({
            backup: BUCKETS.s3,
            backend: { env: { HTTPS_PROXY: "http://me:$(PROXY_PASSWORD)@proxy.example.com:3128", OTHER: "1" } },
            secretEnv: { backend: { PROXY_PASSWORD: "p" } },
        });
        assert.equal(composed.HTTPS_PROXY, "http://me:$(PROXY_PASSWORD)@proxy.example.com:3128");
        assert.deepEqual(composed.PROXY_PASSWORD, { name: "keep.env", key: "backend.PROXY_PASSWORD" });
        assert.equal(composed.OTHER, undefined);
    });

    it("trusts keep:extraCa, whose bundle is there before it starts", async () => {
        const extraCa = { configMap: { name: "authority", key: "root.pem" } };
        const { containers, initContainers } = await backupPod({ extraCa, backup: BUCKETS.s3 });

        assert.deepEqual(
            initContainers.map(({ name }) => name),
            ["trust", "dump"],
        );
        const bundle = containers[0]?.env.find(({ name }) => name === "SSL_CERT_FILE")?.value;
        assert.equal(bundle, "/etc/keep-trust/bundle.pem");
        assert.ok(containers[0]?.volumeMounts.some(({ mountPath }) => mountPath === "/etc/keep-trust"));
    });

    it("has no such variables without a proxy and authorities", async () => {
        const env = await uploadEnv({ backup: BUCKETS.s3 });
        assert.deepEqual(
            Object.keys(env).filter((name) => /proxy|ssl/i.test(name)),
            [],
        );
    });
});

describe("a warning about the user interface, whose Node.js ignores proxies,", () => {
    const okta = {
        auth: { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default" },
        authClientSecret: "s",
    };
    const keycloak = {
        auth: {
            kind: "keycloak",
            clientId: "keep",
            url: "http://keycloak.sso.svc:8080",
            issuer: "https://sso.example.com/realms/team",
            realm: "team",
            adminUser: "root",
        },
        authClientSecret: "s",
        keycloakAdminPassword: "p",
    };
    const azuread = {
        auth: {
            kind: "azuread",
            clientId: "11111111-2222-3333-4444-555555555555",
            tenantId: "22222222-2222-2222-2222-222222222222",
            adminGroupId: "33333333-2222-3333-4444-555555555555",
            nocGroupId: "44444444-2222-3333-4444-555555555555",
        },
        authClientSecret: "s",
    };
    const https = "http://proxy.example.com:3128";

    const warned: Readonly<Record<string, readonly [Written, string]>> = {
        Okta: [{ proxy: { https }, ...okta }, "team.okta.com (sign-in)"],
        "the issuer of Keycloak, but not its address in the cluster": [
            { proxy: { https, http: https, noProxy: ["example.org", "o.example.com"] }, ...keycloak },
            "sso.example.com (sign-in)",
        ],
        Auth0: [
            {
                proxy: { https },
                auth: { kind: "auth0", clientId: "keep", domain: "team.eu.auth0.com" },
                authClientSecret: "s",
            },
            "team.eu.auth0.com (sign-in)",
        ],
        "OneLogin and a model": [
            {
                proxy: { https },
                auth: { kind: "onelogin", clientId: "keep", issuer: "https://team.onelogin.com/oidc/2" },
                authClientSecret: "s",
                openaiApiKey: "k",
            },
            "team.onelogin.com (sign-in) and api.openai.com (the assistant)",
        ],
    };
    for (const [what, [written, hosts]] of Object.entries(warned)) {
        it(`names ${what}`, async () => {
            assert.deepEqual((await deployKeep(written)).warnings, [
                `keep:proxy: the user interface connects without it to ${hosts}, because Node.js 20 in Keep's image ignores proxies. ` +
                    "Allow this connection in your network, and confirm it by adding the host to keep:proxy.noProxy",
            ]);
        });
    }

    const silent: Readonly<Record<string, Written>> = {
        "no proxy": okta,
        "a proxy for another scheme": { proxy: { http: https }, ...okta },
        "a host without the proxy": { proxy: { https, noProxy: ["team.okta.com"] }, ...okta },
        "a domain without the proxy": { proxy: { https, noProxy: [".okta.com"] }, ...okta },
        "a host without the proxy for the user interface": {
            proxy: { https },
            frontend: { env: { no_proxy: "team.okta.com" } },
            ...okta,
        },
        // Keep uses the proxy for it.
        "Entra ID": { ...azuread, proxy: { https }, publicUrl: "http://localhost", ingress: { kind: "none" } },
        "local users": { proxy: { https } },
        "a user interface elsewhere": { proxy: { https }, frontend: { enabled: false }, ...okta },
    };
    for (const [what, written] of Object.entries(silent)) {
        it(`is absent with ${what}`, async () => {
            assert.deepEqual((await deployKeep(written)).warnings, []);
        });
    }
});

describe("NetworkPolicies let out to the proxy", () => {
    const internet = { address: "203.0.113.9" };
    const USERS = ["backend", "backup", "consumer", "frontend", "setup", "worker"];

    async function askerOf({ networkPolicy, ...written }: Written): Promise<Asker> {
        return asker(
            await deployKeep({
                database: { kind: "postgres" },
                redis: { kind: "bundled" },
                consumer: { enabled: true },
                backup: BUCKETS.s3,
                retention: { days: 30 },
                networkPolicy: {
                    enabled: true,
                    edge: [{ namespace: "traefik" }],
                    providers: [{ cidr: "198.51.100.0/24" }],
                    ...(networkPolicy as object | undefined),
                },
                ...written,
            }),
        );
    }

    const users = (asks: Asker, address: string, port: number) =>
        PARTS.filter((part) => asks(pod(part), { address }, port));

    it("all pods that use it, on its port alone", async () => {
        const asks = await askerOf({ proxy });

        assert.deepEqual(users(asks, internet.address, 3128), USERS);
        assert.deepEqual(users(asks, internet.address, 3129), []);
        assert.deepEqual(users(asks, "169.254.169.254", 3128), []);
    });

    it("at its address alone, if it has no name", async () => {
        const asks = await askerOf({ proxy: { http: "http://10.7.7.7", https: "http://[2001:db8::10]:3128" } });

        assert.deepEqual(users(asks, "10.7.7.7", 80), USERS);
        assert.deepEqual(users(asks, "2001:db8::10", 3128), USERS);
        assert.deepEqual(users(asks, internet.address, 3128), []);
    });

    it("at the place that keep:networkPolicy.destinations.proxy names", async () => {
        const destinations = { proxy: [{ cidr: "10.7.7.7/32" }] };
        const asks = await askerOf({ proxy, networkPolicy: { destinations } });

        assert.deepEqual(users(asks, "10.7.7.7", 3128), USERS);
        assert.deepEqual(users(asks, internet.address, 3128), []);
    });

    it("of a tier's own, also where its address is in a Secret", async () => {
        const destinations = { proxy: [{ cidr: "10.7.7.7/32" }] };
        const asks = await askerOf({
            proxy,
            networkPolicy: { destinations },
            frontend: { env: { HTTPS_PROXY: "http://ui.example.com:8888" } },
            secretEnv: { worker: { HTTPS_PROXY: "http://me:p@proxy.example.com:3130" } },
        });

        assert.deepEqual(users(asks, "10.7.7.7", 8888), ["frontend", "worker"]);
        assert.deepEqual(users(asks, "10.7.7.7", 3130), ["worker"]);
        assert.deepEqual(users(asks, "10.7.7.7", 3128), ["backend", "backup", "consumer", "setup", "worker"]);
    });

    it("not a tier that an empty variable excludes", async () => {
        const asks = await askerOf({ proxy, worker: { env: { https_proxy: "" } } });

        assert.equal(asks(pod("backend"), internet, 3128), true);
        assert.deepEqual(
            [80, 3128, 9999].filter((port) => asks(pod("worker"), internet, port)),
            [],
        );
    });

    it("not the pods of backups that upload nothing", async () => {
        const asks = await askerOf({ proxy, backup: { kind: "volume" } });
        assert.equal(asks(pod("backup"), internet, 3128), false);
    });
});
