import assert from "node:assert/strict";

import { encryptedIngress, controllerKinds } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { models } from "./models/models";

describe("a certificate that cert-manager makes", () => {
    for (const kind of controllerKinds) {
        if (kind === "alb") continue;

        it(`is ordered for every host, and served by "${kind}"`, async () => {
            const extraHosts = ["alerts.example.org"];
            const keep = await deployIngress(
                encryptedIngress(kind, { tls: { clusterIssuer: "letsencrypt" }, extraHosts }),
            );
            const { inputs, name } = keep.one("Certificate");
            // Named without the kind, so that it stays when the kind changes.
            assert.equal(name, "keep-ingress-certificate");
            assert.deepEqual(inputs.spec, {
                secretName: "keep.tls",
                dnsNames: ["keep.example.com", "alerts.example.org"],
                issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
            });
            assert.equal(models[kind].certificate(keep, "alerts.example.org"), "keep.tls");
        });
    }

    it("comes from an Issuer of the namespace, into the Secret that the stack names", async () => {
        const { one } = await deployIngress(encryptedIngress("nginx", { tls: { issuer: "own", secretName: "kept" } }));
        const { secretName, issuerRef } = one("Certificate").inputs.spec as Record<string, unknown>;
        assert.equal(secretName, "kept");
        assert.deepEqual(issuerRef, { group: "cert-manager.io", kind: "Issuer", name: "own" });
    });

    it("comes from an external issuer", async () => {
        const ref = { name: "pca", kind: "AWSPCAClusterIssuer", group: "awspca.cert-manager.io" };
        const { one } = await deployIngress(encryptedIngress("traefik", { tls: { issuerRef: ref } }));
        const { secretName, issuerRef } = one("Certificate").inputs.spec as Record<string, unknown>;
        assert.equal(secretName, "keep.tls");
        assert.deepEqual(issuerRef, ref);
    });

    it("is not ordered for a Secret that exists", async () => {
        const { all } = await deployIngress(encryptedIngress("nginx"));
        assert.deepEqual(all("Certificate"), []);
    });
});
