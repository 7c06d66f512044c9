import assert from "node:assert/strict";

import { encryptedIngress, controllerKinds } from "../support/ingressConfigs";
import { deployIngress } from "../support/deployIngress";
import { accepts } from "../support/refusals";
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

    it("is found by AWS for a Gateway, whose listener names none", async () => {
        const { one } = await deployIngress(
            encryptedIngress("gateway", { className: "aws-alb", tls: { defaultCertificate: true } }),
        );
        const { listeners } = one("Gateway").inputs.spec as { readonly listeners: readonly unknown[] };
        assert.deepEqual(listeners[1], { name: "https", port: 443, protocol: "HTTPS" });
    });
});

describe("certificates that the controllers of plain Ingresses and Gateways find", () => {
    const APPGW = "appgw.ingress.kubernetes.io";
    const ALB = "alb.ingress.kubernetes.io";
    const aws = { [`${ALB}/target-type`]: "ip", [`${ALB}/listen-ports`]: '[{"HTTPS":443}]' };
    const issued = { clusterIssuer: "letsencrypt" };
    const byDefault = { defaultCertificate: true };
    const found: Readonly<Record<string, object>> = {
        "Contour's own": { className: "contour", tls: { secretName: "keep" } },
        "Contour's of another namespace": {
            className: "contour",
            tls: { secretName: "wildcard" },
            annotations: { "projectcontour.io/tls-cert-namespace": "certificates" },
        },
        "Contour's of an issuer": { className: "contour", tls: issued },
        "Istio's beside its gateway": { className: "istio", tls: { secretName: "keep" } },
        "Istio's with TLS in front of it": { className: "istio", tls: { terminatedOutside: true } },
        "Application Gateway's own": {
            className: "azure-application-gateway",
            tls: byDefault,
            annotations: { [`${APPGW}/appgw-ssl-certificate`]: "keep" },
        },
        "Application Gateway's of an issuer": { className: "azure-application-gateway", tls: issued },
        "another controller's, beside names of Contour": {
            className: "apisix",
            tls: byDefault,
            annotations: { "projectcontour.io/websocket-routes": "/app" },
        },
        "a proxy's beside Istio": { className: "nginx-istio", tls: issued },
        "AWS's by the host names": { className: "alb", tls: byDefault, annotations: aws },
        "AWS's by its ARN": {
            className: "alb",
            tls: { secretName: "keep" },
            annotations: { ...aws, [`${ALB}/certificate-arn`]: "arn:aws:acm:eu-west-1:111122223333:certificate/a" },
        },
        "AWS's that its controller creates": {
            className: "alb",
            tls: issued,
            annotations: { ...aws, [`${ALB}/create-acm-cert`]: "true" },
        },
        "Alibaba Cloud's": {
            className: "alb",
            tls: issued,
            annotations: { [`${ALB}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]', [`${ALB}/ssl-redirect`]: "true" },
        },
        "a Gateway of AWS's by the host names": { kind: "gateway", className: "aws-alb", tls: byDefault },
        "a Gateway of AWS that exists": { kind: "gateway", parentRef: { name: "aws-alb" }, tls: byDefault },
        "a Gateway of Azure": { kind: "gateway", className: "azure-alb-external", tls: issued },
        "a Gateway of an unknown load balancer": { kind: "gateway", className: "alb", tls: issued },
    };
    accepts(
        Object.fromEntries(
            Object.entries(found).map(([what, settings]) => [
                what,
                { publicUrl: "https://keep.example.com", ingress: { kind: "generic", ...settings } },
            ]),
        ),
    );
});
