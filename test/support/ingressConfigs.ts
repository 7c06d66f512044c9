import { type KindName, kinds } from "../../components/ingress/kinds";
import { type IngressConfig, ingressKinds } from "../../components/ingress/settings";

/** Every kind of ingress with objects; a new one joins the suites by itself. */
export const controllerKinds = Object.keys(kinds) as KindName[];

/** Every kind of ingress. */
export const everyKind: readonly IngressConfig["kind"][] = ingressKinds;

/** What `keep:publicUrl` and `keep:ingress` say in a stack. */
export interface IngressSettings {
    readonly publicUrl: string;
    readonly ingress: Readonly<Record<string, unknown>>;
    readonly extraIngresses?: readonly Readonly<Record<string, unknown>>[];
}

/** The least that a stack must say to have this kind of ingress, without TLS. `more` is added to `keep:ingress`. */
export function plainIngress(
    kind: IngressConfig["kind"],
    more: Readonly<Record<string, unknown>> = {},
): IngressSettings {
    return {
        publicUrl: kind === "none" ? "http://localhost:3000" : "http://keep.example.com",
        ingress: { kind, ...needed(kind), ...more },
    };
}

/** The same with TLS, by a certificate in a Secret wherever the kind takes one. */
export function encryptedIngress(kind: KindName, more: Readonly<Record<string, unknown>> = {}): IngressSettings {
    const tls = kind === "alb" ? { defaultCertificate: true } : { secretName: "keep-certificate" };
    return { publicUrl: "https://keep.example.com", ingress: { kind, tls, ...needed(kind), ...more } };
}

/** These settings as Pulumi hands them to a program: objects as JSON. */
export function asStackConfig({ publicUrl, ingress, extraIngresses = [] }: IngressSettings): Record<string, string> {
    return {
        "keep:publicUrl": publicUrl,
        "keep:ingress": JSON.stringify(ingress),
        "keep:extraIngresses": JSON.stringify(extraIngresses),
    };
}

function needed(kind: IngressConfig["kind"]): Record<string, unknown> {
    return kind === "gateway" ? { className: "example" } : {};
}
