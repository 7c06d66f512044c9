import assert from "node:assert/strict";

import type * as pulumi from "@pulumi/pulumi";

import { encryptedIngress } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";

describe('the way in "openshift"', () => {
    it("has a Route a path and host, each with a name of its own", async () => {
        const { all } = await deployIngress(encryptedIngress("openshift", { extraHosts: ["alerts.example.org"] }));
        const routes = all("Route").map(({ physicalName, inputs }) => {
            const { host, path } = inputs.spec as { host: string; path: string };
            return `${physicalName ?? ""} ${host}${path}`;
        });
        assert.deepEqual(routes.sort(), [
            "keep-openshift-backend keep.example.com/v2",
            "keep-openshift-backend-2 alerts.example.org/v2",
            "keep-openshift-frontend keep.example.com/",
            "keep-openshift-frontend-2 alerts.example.org/",
            "keep-openshift-metrics keep.example.com/v2/metrics",
            "keep-openshift-metrics-2 alerts.example.org/v2/metrics",
            "keep-openshift-proxied-metrics keep.example.com/backend/metrics",
            "keep-openshift-proxied-metrics-2 alerts.example.org/backend/metrics",
            "keep-openshift-websocket keep.example.com/websocket",
            "keep-openshift-websocket-2 alerts.example.org/websocket",
        ]);
    });

    it("replaces a Route whose host changes, which only a cluster administrator may update", async () => {
        const { all } = await deployIngress(encryptedIngress("openshift"));
        for (const { options } of all("Route")) {
            const { replaceOnChanges, deleteBeforeReplace }: pulumi.CustomResourceOptions = options;
            assert.deepEqual([replaceOnChanges, deleteBeforeReplace], [["spec.host"], true]);
        }
    });

    it("says HSTS as every router wants it, without a space", async () => {
        const { all } = await deployIngress(
            encryptedIngress("openshift", { hsts: { includeSubdomains: true, preload: true } }),
        );
        const headers = all("Route").map(
            ({ inputs }) =>
                (inputs as unknown as { metadata: { annotations: Record<string, string> } }).metadata.annotations[
                    "haproxy.router.openshift.io/hsts_header"
                ],
        );
        assert.deepEqual([...new Set(headers)], ["max-age=31536000;includeSubDomains;preload"]);
    });

    it("lets the router read the certificate, and no other Secret", async () => {
        const { one } = await deployIngress(encryptedIngress("openshift"));
        assert.deepEqual(one("Role").inputs.rules, [
            {
                apiGroups: [""],
                resources: ["secrets"],
                resourceNames: ["keep-certificate"],
                verbs: ["get", "list", "watch"],
            },
        ]);
        assert.deepEqual(one("RoleBinding").inputs.subjects, [
            { kind: "ServiceAccount", name: "router", namespace: "openshift-ingress" },
        ]);
    });

    it("needs no permission for the router's own certificate", async () => {
        const { all } = await deployIngress(encryptedIngress("openshift", { tls: { defaultCertificate: true } }));
        assert.deepEqual(all("Role"), []);
        const tls = all("Route").map(({ inputs }) => (inputs.spec as { tls: object }).tls);
        for (const settings of tls) {
            assert.deepEqual(settings, { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" });
        }
    });
});
