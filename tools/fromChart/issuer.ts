import { at, type Change, type ChartValues, list, own, text } from "./row";

const PREFIX = "cert-manager.io/";

/** Annotations of an Ingress by which cert-manager finds the issuer. */
const ISSUER_ANNOTATIONS: readonly string[] = ["issuer", "cluster-issuer", "issuer-kind", "issuer-group"].map(
    (name) => PREFIX + name,
);

const INGRESS = "global.ingress.annotations";

/** Whether an annotation names the issuer of a certificate. */
export function isIssuer(name: string): boolean {
    return ISSUER_ANNOTATIONS.includes(name);
}

/** Whether an annotation sets a property of the certificate, or of its validation. */
export function isCertificate(name: string): boolean {
    return /^(acme\.)?cert-manager\.io\//.test(name) && !isIssuer(name);
}

/**
 * The issuer that annotations name, as `keep:ingress.tls` has it. As cert-manager does, it ignores an issuer without a
 * Secret, or with the names of two (issuerForIngressLike in pkg/controller/certificate-shim of cert-manager).
 */
export function issuerChanges(annotations: unknown, values: ChartValues): readonly Change[] {
    const [issuer, clusterIssuer, kind, group] = ISSUER_ANNOTATIONS.map((name) => text(own(annotations, name)));
    const given = ISSUER_ANNOTATIONS.filter((name) => text(own(annotations, name)) !== undefined);
    const named = clusterIssuer === undefined ? ofKind(issuer, kind, group) : { clusterIssuer };
    const isTwice = clusterIssuer !== undefined && given.length > 1;
    const isUsed = text(own(list(at(values, "global.ingress.tls"))[0], "secretName")) !== undefined;
    if (named === undefined || isTwice || !isUsed) {
        const because = isUsed
            ? "cert-manager issues no certificate for these annotations. Name one issuer in keep:ingress.tls."
            : "cert-manager issues no certificate without a secretName in global.ingress.tls.";
        return given.map((name) => ({ value: `${INGRESS}.${name}`, because }));
    }
    return given.length === 0
        ? []
        : [{ set: "ingress.tls", value: named, from: given.map((name) => `${INGRESS}.${name}`).join(", ") }];
}

function ofKind(name: string | undefined, kind = "Issuer", group = "cert-manager.io") {
    if (name === undefined) {
        return undefined;
    }
    const key = { Issuer: "issuer", ClusterIssuer: "clusterIssuer" }[group === "cert-manager.io" ? kind : ""];
    return key === undefined ? { issuerRef: { name, kind, group } } : { [key]: name };
}
