import { type ExtraIngressConfig, type IngressConfig, ingressesOf } from "./settings";

/** Settings that determine who can reach Keep. */
export interface ExposureSettings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
    readonly frontend: { readonly service: { readonly type: string } };
    readonly backend: { readonly service: { readonly type: string } };
}

/** The settings that expose Keep to others than users of kubectl port-forward, each with its value. */
export function exposures({ publicUrl, frontend, backend, ...ingresses }: ExposureSettings): string[] {
    const services = Object.entries({ frontend, backend }).filter(([, { service }]) => service.type !== "ClusterIP");
    return [
        ...(isLoopback(publicUrl) ? [] : [`keep:publicUrl (${publicUrl})`]),
        // Anyone who can reach the controller can send any host name, such as localhost.
        ...ingressesOf(ingresses).flatMap(({ kind }) => (kind === "none" ? [] : [`an ingress of kind ${kind}`])),
        ...services.map(([tier, { service }]) => `keep:${tier}.service.type (${service.type})`),
    ];
}

function isLoopback(publicUrl: string): boolean {
    const { protocol, hostname } = new URL(publicUrl);
    return protocol === "http:" && /^(localhost|.+\.localhost|127(\.[0-9]+){3}|\[::1\])$/.test(hostname);
}
