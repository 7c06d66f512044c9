import assert from "node:assert/strict";

import { tlsProxyNote } from "../../components/airGapped/tlsProxy";
import { configOf, type Written } from "../support/config";
import { accepts } from "../support/refusals";

const https = "https://proxy.example.com:3129";
const plain = "http://proxy.example.com:3128";
const gcp = { kind: "gcp", project: "my-project" };
const okta = (issuer: string) => ({ auth: { kind: "okta", clientId: "c", issuer }, authClientSecret: "s" });

describe("a proxy that speaks TLS itself", () => {
    accepts({
        "it for clients that can use it": { proxy: { http: https, https } },
        "a plain proxy for all clients": { proxy: { http: plain, https: plain }, secretStore: gcp },
        "it for http addresses, which gRPC does not use beside another": {
            proxy: { http: https, https: plain },
            secretStore: gcp,
        },
        "Google Secret Manager without it": { proxy: { https, noProxy: [".googleapis.com"] }, secretStore: gcp },
        "Okta without it": {
            proxy: { https, noProxy: ["acme.okta.com"] },
            ...okta("https://acme.okta.com/oauth2/default"),
        },
        "Okta by a plain proxy, beside it for http addresses": {
            proxy: { http: https, https: plain },
            ...okta("https://acme.okta.com/oauth2/default"),
        },
        "a plain proxy of the API's own": {
            proxy: { https },
            backend: { env: { https_proxy: plain } },
            ...okta("https://acme.okta.com/oauth2/default"),
        },
        "Okta without the API's own": {
            backend: { env: { HTTPS_PROXY: https, NO_PROXY: "localhost, .okta.com" } },
            ...okta("https://acme.okta.com/oauth2/default"),
        },
        "a plain proxy for gRPC alone": {
            proxy: { https },
            backend: { env: { grpc_proxy: plain } },
            secretStore: gcp,
        },
        "keys of Okta in the cluster": {
            proxy: { https, noProxy: ["acme.example.com"] },
            auth: {
                ...okta("https://acme.okta.com/oauth2/default").auth,
                jwksUrl: "http://keys.okta.svc/keys",
            },
            authClientSecret: "s",
        },
        "Keycloak, whose client can use it": {
            proxy: { https },
            auth: { kind: "keycloak", clientId: "k", url: "https://kc.example.com", realm: "r", adminUser: "a" },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
        },
    });

    const notes: Readonly<Record<string, readonly [proxy: Written, keys: string | undefined]>> = {
        "for https addresses": [{ https }, "keep:proxy.https begins"],
        "for all addresses": [{ http: https, https }, "keep:proxy.http and keep:proxy.https begin"],
        "with a plain one": [{ http: plain, https: plain }, undefined],
    };
    for (const [what, [proxy, keys]] of Object.entries(notes)) {
        it(`has ${keys === undefined ? "no" : "a"} note ${what}`, async () => {
            assert.equal(
                tlsProxyNote("keep:", await configOf({ proxy })),
                keys === undefined
                    ? undefined
                    : `${keys} with https, so the pods connect to the proxy itself by TLS. If its port is plain, as that of most proxies, write http://, also for https addresses`,
            );
        });
    }
});
