import assert from "node:assert/strict";

import { formatIssue } from "../../components/settings/issues";
import { authRules } from "../../components/auth/rules";
import { trustedHeaderRules } from "../../components/auth/trustedHeaders";
import { stackSchema } from "../../components/settings/schema";
import type { SecretKeyName } from "../../components/secrets/settings";

const keycloak = { kind: "keycloak", clientId: "keep", url: "https://kc.example.com", realm: "r", adminUser: "root" };
const okta = { kind: "okta", clientId: "keep", issuer: "https://team.okta.com/oauth2/default" };
const auth0 = { kind: "auth0", clientId: "keep", domain: "team.auth0.com" };
const [clientId, tenantId, adminGroupId, nocGroupId] = [1, 2, 3, 4].map(
    (n) => `${String(n).repeat(8)}-2222-3333-4444-555555555555`,
);
const azuread = { kind: "azuread", clientId, tenantId, adminGroupId, nocGroupId };
const PROXY = { namespace: "sso", podLabels: { app: "oauth2-proxy" } };
const reference = { name: "sso", key: "secret" };

function problems(written: object, ...secrets: SecretKeyName[]): string[] {
    const config = stackSchema.parse({ publicUrl: "https://keep.example.com", ...written });
    return [...authRules, ...trustedHeaderRules]
        .flatMap((rule) => rule(config, (key) => secrets.includes(key)))
        .filter((issue) => issue !== false)
        .map((issue) => formatIssue(issue, { namespace: "keep:" }));
}

describe("the way people sign in", () => {
    for (const publicUrl of [
        "http://localhost:3000",
        "http://keep.localhost",
        "http://127.0.0.1",
        "http://127.0.10.254",
        "http://[::1]:80",
    ]) {
        it(`may be none at all on ${publicUrl}, by kubectl port-forward`, () => {
            assert.deepEqual(problems({ publicUrl, ingress: { kind: "none" }, auth: { kind: "noauth" } }), []);
        });
    }

    const local = { publicUrl: "http://keep.localhost", ingress: { kind: "none" } };
    for (const [exposure, written] of Object.entries({
        "keep:publicUrl (https://localhost)": { ...local, publicUrl: "https://localhost" },
        "keep:publicUrl (http://keep.example.com)": { ...local, publicUrl: "http://keep.example.com" },
        "keep:publicUrl (http://10.0.0.1)": { ...local, publicUrl: "http://10.0.0.1" },
        "keep:publicUrl (http://localhost.it)": { ...local, publicUrl: "http://localhost.it" },
        "keep:publicUrl (http://notlocalhost)": { ...local, publicUrl: "http://notlocalhost" },
        "an ingress of kind nginx": { ...local, ingress: { kind: "nginx", extraHosts: ["keep.example.com"] } },
        "an ingress of kind gateway": { ...local, ingress: { kind: "gateway", className: "envoy" } },
        "an ingress of kind openshift": { ...local, platform: "openshift", ingress: { kind: "openshift" } },
        "an ingress of kind external": { ...local, ingress: { kind: "external" } },
        "keep:backend.service.type (LoadBalancer)": { ...local, backend: { service: { type: "LoadBalancer" } } },
        "keep:frontend.service.type (NodePort)": { ...local, frontend: { service: { type: "NodePort" } } },
        "keep:publicUrl (http://keep.example.com) and an ingress of kind traefik": {
            publicUrl: "http://keep.example.com",
        },
    })) {
        it(`is not left out with ${exposure} unless that is confirmed`, () => {
            assert.deepEqual(problems({ ...written, auth: { kind: "noauth" } }), [
                `keep:auth.kind ("noauth") makes everyone who can reach Keep an administrator, and Keep is exposed by ${exposure}. Use db or an identity provider, or confirm it with keep:auth.acceptPublic: true. With http://localhost:3000 and keep:ingress.kind none, no confirmation is needed.`,
            ]);
            assert.deepEqual(problems({ ...written, auth: { kind: "noauth", acceptPublic: true } }), []);
        });
    }

    it("believes headers only behind an edge that is said to set them, and from nobody else in the cluster", () => {
        const auth = { kind: "oauth2proxy" };
        const networkPolicy = { enabled: true, edge: [PROXY] };
        const forged =
            "keep:networkPolicy.enabled (false) lets any pod in the cluster send forged headers to the API, because keep:auth.kind is oauth2proxy. Set it to true, and add the proxy to keep:networkPolicy.edge.";

        assert.deepEqual(problems({ auth, networkPolicy, ingress: { kind: "nginx", backendPrefix: "/api2" } }), [
            "keep:auth.edgeSetsHeaders (false) lets anyone impersonate any user: keep:ingress passes requests straight to the API, which trusts x-forwarded-email. " +
                "Make the edge overwrite these headers on every path and confirm it with true; or set keep:ingress.kind to none and put the proxy in front.",
        ]);
        assert.deepEqual(problems({ auth: { ...auth, edgeSetsHeaders: true } }), [forged]);
        assert.deepEqual(problems({ auth, ingress: { kind: "none" } }), [forged]);
        assert.deepEqual(problems({ auth: { ...auth, edgeSetsHeaders: true }, networkPolicy }), []);
        assert.deepEqual(problems({ auth, networkPolicy, ingress: { kind: "none" } }), []);
    });

    it("believes headers of another ingress only if its edge is said to set them too", () => {
        const stack = (edgeSetsHeaders: boolean) => ({
            auth: { kind: "oauth2proxy", edgeSetsHeaders: true },
            networkPolicy: { enabled: true, edge: [PROXY] },
            extraIngresses: [
                { hosts: ["hooks.example.com"], tiers: ["backend"], edgeSetsHeaders, ingress: { kind: "alb" } },
            ],
        });

        assert.match(
            problems(stack(false)).join(),
            /^keep:extraIngresses\.0\.edgeSetsHeaders \(false\) lets anyone impersonate/,
        );
        assert.deepEqual(problems(stack(true)), []);
    });

    const open: Readonly<Record<string, readonly [path: string, more: object]>> = {
        "every namespace": ["networkPolicy.edge.0", { edge: [{ namespaceLabels: {} }] }],
        "a namespace as a whole": ["networkPolicy.edge.1", { edge: [PROXY, { namespace: "sso" }] }],
        "pods without a label": ["networkPolicy.edge.0", { edge: [{ namespace: "sso", podLabels: {} }] }],
        "every address": ["networkPolicy.edge.0", { edge: [{ cidr: "0.0.0.0/0" }] }],
        "a range of addresses": ["networkPolicy.edge.0", { edge: [{ cidr: "10.0.0.0/24" }] }],
        "a whole network of IPv6": ["networkPolicy.edge.0", { edge: [{ cidr: "2001:db8::/32" }] }],
        "labelled pods of any namespace": [
            "networkPolicy.edge.0",
            { edge: [{ namespaceLabels: {}, podLabels: { app: "oauth2-proxy" } }] },
        ],
        "the namespace of Prometheus": [
            "networkPolicy.monitoring.0",
            { edge: [PROXY], monitoring: [{ namespace: "monitoring" }] },
        ],
    };
    for (const [who, [path, policy]] of Object.entries(open)) {
        it(`trusts no headers of ${who}`, () => {
            const auth = { kind: "oauth2proxy", edgeSetsHeaders: true };
            const found = problems({ auth, networkPolicy: { enabled: true, ...policy } });

            assert.equal(found.length, 1);
            assert.ok(found[0]?.startsWith(`keep:${path} (`), found[0]);
            assert.match(found[0] ?? "", /lets too many pods reach the API.* Set their namespace and podLabels/);
            assert.deepEqual(problems({ networkPolicy: { enabled: true, ...policy } }), []);
        });
    }

    it("trusts headers of single pods and addresses", () => {
        const auth = { kind: "oauth2proxy", edgeSetsHeaders: true };
        const edge = [PROXY, { podLabels: { app: "proxy" } }, { cidr: "10.0.0.7/32" }, { cidr: "2001:db8::7/128" }];
        const monitoring = [{ namespace: "monitoring", podLabels: { app: "prometheus" } }];

        assert.deepEqual(problems({ auth, networkPolicy: { enabled: true, edge, monitoring } }), []);
    });

    for (const tier of ["backend", "frontend"]) {
        for (const type of ["NodePort", "LoadBalancer"]) {
            it(`trusts no headers past a Service of ${tier} of type ${type}`, () => {
                const auth = { kind: "oauth2proxy", edgeSetsHeaders: true };
                const networkPolicy = { enabled: true, edge: [PROXY] };

                assert.deepEqual(problems({ auth, networkPolicy, [tier]: { service: { type } } }), [
                    `keep:${tier}.service.type ("${type}") exposes the tier without the proxy, but keep:auth.kind is oauth2proxy: anyone could impersonate any user. Set it to ClusterIP.`,
                ]);
            });
        }
    }

    it("needs a client secret from one place, at an identity provider", () => {
        assert.deepEqual(problems({ auth: okta }), [
            "keep:authClientSecret is missing, but keep:auth.kind okta needs it. Set it, or set keep:auth.clientSecret to an existing Secret. Run: pulumi config set --secret keep:authClientSecret",
        ]);
        assert.deepEqual(problems({ auth: okta }, "authClientSecret", "oktaApiToken"), []);
        assert.deepEqual(problems({ auth: { ...okta, clientSecret: reference } }), []);
        assert.deepEqual(problems({ auth: { ...okta, clientSecret: reference } }, "authClientSecret"), [
            "keep:auth.clientSecret is set, and so is keep:authClientSecret. Keep one of them.",
        ]);
    });

    it("needs the password of keycloak's administrator, too", () => {
        assert.deepEqual(problems({ auth: keycloak }, "authClientSecret"), [
            "keep:keycloakAdminPassword is missing, but keep:auth.kind keycloak needs it. Set it, or set keep:auth.adminPassword to an existing Secret. Run: pulumi config set --secret keep:keycloakAdminPassword",
        ]);
        assert.deepEqual(problems({ auth: { ...keycloak, adminPassword: reference } }, "authClientSecret"), []);
    });

    it("has no secret for nothing", () => {
        const secrets = ["authClientSecret", "keycloakAdminPassword", "oktaApiToken"] as const;
        const unused = (name: string) => `keep:${name} is set, but keep:auth.kind db does not use it. Remove it.`;
        assert.deepEqual(problems({}, ...secrets), secrets.map(unused));
        assert.deepEqual(problems({ auth: { kind: "noauth", acceptPublic: true } }, "firstUserPassword"), [
            "keep:firstUserPassword is set, but keep:auth.kind noauth does not use it. Remove it.",
        ]);
    });

    const provision = { workflows: "provision/workflows" };
    const asCode = ["authClientSecret", "apiKeys", "providers"] as const;
    const groups = { ...keycloak, adminPassword: reference, rolesFromGroups: true };
    for (const [setting, auth] of Object.entries({
        "keep:auth.kind azuread": azuread,
        "keep:auth.tenantId": { ...auth0, tenantId: "payments" },
        "keep:auth.rolesFromGroups": groups,
    })) {
        it(`takes nothing as code where users have tenants of their own by ${setting}`, () => {
            const message = `is set, but ${setting} gives users tenants of their own, in which Keep provisions nothing. Remove it, and create it in the user interface.`;
            const existingSecrets = { apiKeys: reference };
            assert.deepEqual(problems({ auth }, "authClientSecret"), []);
            assert.deepEqual(problems({ auth, provision }, ...asCode), [
                `keep:apiKeys ${message}`,
                `keep:providers ${message}`,
                `keep:provision.workflows ("provision/workflows") ${message}`,
            ]);
            assert.deepEqual(problems({ auth, existingSecrets }, "authClientSecret"), [
                `keep:existingSecrets.apiKeys ${message}`,
            ]);
        });
    }

    it("takes content as code where all users are in Keep's own tenant", () => {
        assert.deepEqual(problems({ auth: okta, provision }, ...asCode), []);
        assert.deepEqual(problems({ auth: auth0, provision }, ...asCode), []);
        assert.deepEqual(problems({ auth: { ...groups, rolesFromGroups: false }, provision }, ...asCode), []);
    });
});
