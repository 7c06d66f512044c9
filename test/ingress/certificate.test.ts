import assert from "node:assert/strict";

import { encryptedIngress, everyKind } from "../support/ingressConfigs";
import { wayIn } from "../support/wayIn";
import { models } from "./models/models";

describe("a certificate that cert-manager makes", () => {
    for (const kind of everyKind) {
        if (kind === "none" || kind === "alb") continue;

        it(`is ordered for every host, and served by "${kind}"`, async () => {
            const extraHosts = ["alerts.example.org"];
            const keep = await wayIn(encryptedIngress(kind, { tls: { clusterIssuer: "letsencrypt" }, extraHosts }));
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
        const { one } = await wayIn(encryptedIngress("nginx", { tls: { issuer: "own", secretName: "kept" } }));
        const { secretName, issuerRef } = one("Certificate").inputs.spec as Record<string, unknown>;
        assert.equal(secretName, "kept");
        assert.deepEqual(issuerRef, { group: "cert-manager.io", kind: "Issuer", name: "own" });
    });

    it("is not ordered for a Secret that exists", async () => {
        const { all } = await wayIn(encryptedIngress("nginx"));
        assert.deepEqual(all("Certificate"), []);
    });
});
