import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { scopeOf } from "../naming";
import type { TlsConfig } from "./fields";
import type { IngressContext } from "./kind";

/**
 * Creates a Certificate of cert-manager for each Secret with an issuer, with the hosts of all ingresses that use the
 * Secret. Unlike an annotation of an Ingress, it is kept when the kind of ingress changes
 * (https://cert-manager.io/docs/usage/certificate/).
 */
export function createCertificates(
    name: string,
    contexts: readonly IngressContext[],
    opts: pulumi.CustomResourceOptions,
): void {
    const secrets = contexts.map(({ certificate }) => certificate).filter((secret) => secret !== undefined);
    for (const [index, secret] of [...new Set(secrets)].entries()) {
        const users = contexts.filter(({ certificate }) => certificate === secret);
        const [issuerRef] = users.flatMap(({ config }) => issuerRefOf(config.tls) ?? []);
        const [first] = users;
        if (first === undefined || issuerRef === undefined) {
            continue;
        }
        const part = first.name ?? (index === 0 ? undefined : first.config.kind);
        const suffix = part === undefined ? "" : `-${part}`;
        const { name: physicalName, namespace, labels } = scopeOf(first.release, `tls${suffix}`);
        const dnsNames = [...new Set(users.flatMap(({ hosts }) => hosts))];
        new k8s.apiextensions.CustomResource(
            `${name}${suffix}-certificate`,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "Certificate",
                metadata: { name: physicalName, namespace, labels },
                spec: { secretName: secret, dnsNames, issuerRef },
            },
            opts,
        );
    }
}

function issuerRefOf(tls: TlsConfig | undefined) {
    const { issuer, clusterIssuer, issuerRef } = tls ?? {};
    const group = "cert-manager.io";
    if (issuer !== undefined) {
        return { group, kind: "Issuer", name: issuer };
    }
    return clusterIssuer === undefined ? issuerRef : { group, kind: "ClusterIssuer", name: clusterIssuer };
}
