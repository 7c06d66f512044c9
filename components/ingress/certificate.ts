import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { EdgeConfig } from "./settings";
import { type Release, scopeOf } from "../naming";
import type { Site } from "./site";

/**
 * Orders the certificate from cert-manager, when the stack names an issuer. One object for every kind of way in, instead of
 * the annotation that only an Ingress understands: the certificate then stays as it is when a stack changes its kind
 * (https://cert-manager.io/docs/usage/certificate/).
 */
export function createCertificate(
    name: string,
    { release, config, site }: { readonly release: Release; readonly config: EdgeConfig; readonly site: Site },
    opts: pulumi.CustomResourceOptions,
): void {
    const { issuer, clusterIssuer } = config.tls ?? {};
    const issuerName = issuer ?? clusterIssuer;
    if (issuerName === undefined || site.certificate === undefined) {
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
                secretName: site.certificate,
                dnsNames: [...site.hosts],
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
