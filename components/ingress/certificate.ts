import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { scopeOf } from "../naming";
import type { IngressContext } from "./kind";

/**
 * Requests the certificate from cert-manager, where `keep:ingress.tls` names an issuer. A Certificate instead of the annotation
 * that only an Ingress has: it stays when the kind of ingress changes (https://cert-manager.io/docs/usage/certificate/).
 */
export function createCertificate(
    name: string,
    { release, config, hosts, certificate }: IngressContext,
    opts: pulumi.CustomResourceOptions,
): void {
    const { issuer, clusterIssuer } = config.tls ?? {};
    const issuerName = issuer ?? clusterIssuer;
    if (issuerName === undefined || certificate === undefined) {
        return;
    }
    const { name: physicalName, namespace, labels } = scopeOf(release, "tls");
    new k8s.apiextensions.CustomResource(
        name,
        {
            apiVersion: "cert-manager.io/v1",
            kind: "Certificate",
            metadata: { name: physicalName, namespace, labels },
            spec: {
                secretName: certificate,
                dnsNames: [...hosts],
                issuerRef: {
                    group: "cert-manager.io",
                    kind: issuer === undefined ? "ClusterIssuer" : "Issuer",
                    name: issuerName,
                },
            },
        },
        opts,
    );
}
