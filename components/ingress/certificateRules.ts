import { issue, type Issue } from "../fields/issue";
import { pairs } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { type ExtraIngressConfig, type IngressConfig, placedIngresses } from "./settings";

interface Settings {
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
}

/** The Secret of an ingress's certificate, and its issuer. */
interface Named {
    readonly path: string;
    readonly secret: string;
    /** Whether the settings name the Secret. */
    readonly isNamed: boolean;
    /** Undefined if the certificate exists already. */
    readonly issuer: string | undefined;
}

/** Conditions on certificates: one issuer for each Secret. */
export const certificateRules: readonly Rule<Settings>[] = [
    (settings) =>
        pairs(namedSecrets(settings)).map(
            ([one, other]) =>
                one.secret === other.secret &&
                one.issuer !== undefined &&
                other.issuer !== undefined &&
                one.issuer !== other.issuer &&
                issue(
                    one.path,
                    one.isNamed
                        ? `is also the Secret of keep:${other.path}, which has another issuer. Use another Secret`
                        : `gets a certificate in the same Secret as keep:${other.path}, which has another issuer. Set its secretName`,
                    one.isNamed ? { value: one.secret } : {},
                ),
        ),
];

/**
 * Issues of ingresses that share a Secret, which is only known after its Outputs have resolved. Then it is too late to
 * create one certificate for both, and cert-manager does not allow two certificates in one Secret
 * (https://cert-manager.io/docs/usage/certificate/).
 * @param given the settings with their Outputs
 * @param known the same settings with the values of the Outputs
 */
export function lateSharedCertificates(given: Settings, known: Settings): (Issue | false)[] {
    const before = pairs(namedSecrets(given));
    return pairs(namedSecrets(known)).map(
        ([one, other], index) =>
            one.secret === other.secret &&
            before[index]?.[0].secret !== before[index]?.[1].secret &&
            [one, other].some(({ issuer }) => issuer !== undefined) &&
            issue(
                one.path,
                `is also the Secret of keep:${other.path}, and one of them is an Output. Set both names as text, or use another Secret`,
                { value: one.secret },
            ),
    );
}

function namedSecrets(settings: Settings): Named[] {
    const names = [undefined, ...settings.extraIngresses.map(({ name }) => name)];
    return placedIngresses(settings).flatMap(({ path, config }, index) => {
        if (!("tls" in config) || config.tls === undefined) {
            return [];
        }
        const { secretName, issuer, clusterIssuer, issuerRef } = config.tls;
        const issuers = Object.entries({ issuer, clusterIssuer, issuerRef }).filter(([, name]) => name !== undefined);
        if (secretName === undefined && issuers.length === 0) {
            return [];
        }
        return {
            path: secretName === undefined ? `${path}.tls` : `${path}.tls.secretName`,
            // By default, the program derives it from the name of the ingress.
            secret: secretName ?? `of the name ${names[index] ?? ""}`,
            isNamed: secretName !== undefined,
            issuer: issuers.length === 0 ? undefined : JSON.stringify(issuers),
        };
    });
}
