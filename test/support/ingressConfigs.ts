import { type KindName, kinds } from "../../components/ingress/kinds";
import { type IngressConfig, ingressKinds } from "../../components/ingress/settings";

/** Every kind of ingress with objects; a new one joins the suites by itself. */
export const controllerKinds = Object.keys(kinds) as KindName[];

/** Every kind of ingress. */
export const everyKind: readonly IngressConfig["kind"][] = ingressKinds;

/** What `keep:publicUrl` and `keep:ingress` say in a stack. */
export interface IngressSettings {
    readonly publicUrl: string;
    readonly platform?: string;
    readonly labels?: Readonly<Record<string, string>>;
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
        ...platformOf(kind),
        ingress: { kind, ...needed(kind), ...more },
    };
}

/** The same with TLS, by a certificate in a Secret wherever the kind takes one. */
export function encryptedIngress(kind: KindName, more: Readonly<Record<string, unknown>> = {}): IngressSettings {
    const tls = kind === "alb" ? { defaultCertificate: true } : { secretName: "keep-certificate" };
    return {
        publicUrl: "https://keep.example.com",
        ...platformOf(kind),
        ingress: { kind, tls, ...needed(kind), ...more },
    };
}

/** These settings as Pulumi hands them to a program: objects as JSON. */
export function asStackConfig(settings: IngressSettings): Record<string, string> {
    const { publicUrl, ingress, extraIngresses = [], labels = {} } = settings;
    const kindsOf = [ingress, ...extraIngresses.map((extra) => extra.ingress as IngressSettings["ingress"])];
    const platform = kindsOf.map(({ kind }) => platformOf(String(kind)).platform).find((one) => one !== undefined);
    return {
        "keep:publicUrl": publicUrl,
        ...(platform === undefined ? {} : { "keep:platform": platform }),
        "keep:ingress": JSON.stringify(ingress),
        "keep:extraIngresses": JSON.stringify(extraIngresses),
        "keep:labels": JSON.stringify(labels),
    };
}

/** The platform that an ingress of a kind needs. */
function platformOf(kind: string): { readonly platform?: string } {
    const { platform } = kind in kinds ? kinds[kind as KindName] : {};
    return platform === undefined ? {} : { platform };
}

function needed(kind: IngressConfig["kind"]): Record<string, unknown> {
    return kind === "gateway" ? { className: "example" } : {};
}
