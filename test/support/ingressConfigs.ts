import { type IngressConfig, ingressKinds } from "../../components/ingress/settings";

/** Every kind of way in; a new one joins the suites by itself. */
export const everyKind: readonly IngressConfig["kind"][] = ingressKinds;

/** What `keep:publicUrl` and `keep:ingress` say in a stack. */
export interface IngressSettings {
    readonly publicUrl: string;
    readonly ingress: Readonly<Record<string, unknown>>;
}

/** The least that a stack must say to have this kind of way in, without TLS. `more` is added to `keep:ingress`. */
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
export function encryptedIngress(
    kind: Exclude<IngressConfig["kind"], "none">,
    more: Readonly<Record<string, unknown>> = {},
): IngressSettings {
    const tls = kind === "alb" ? { defaultCertificate: true } : { secretName: "keep-certificate" };
    return { publicUrl: "https://keep.example.com", ingress: { kind, tls, ...needed(kind), ...more } };
}

/** These settings as Pulumi hands them to a program: objects as JSON. */
export function asStackConfig({ publicUrl, ingress }: IngressSettings): Record<string, string> {
    return { "keep:publicUrl": publicUrl, "keep:ingress": JSON.stringify(ingress) };
}

function needed(kind: IngressConfig["kind"]): Record<string, unknown> {
    return kind === "gateway" ? { className: "example" } : {};
}
