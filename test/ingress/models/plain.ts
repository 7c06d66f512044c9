import { annotation, certificateByTls, controller, ingresses, isUnder, type Model, toHttps } from "./model";

/** A controller that does what Kubernetes says of an Ingress, and nothing more; docs/ingress.md asks for 120 seconds or more. */
export const bySegments = controller({ annotations: {}, fits: ({ path: prefix }, path) => isUnder(path, prefix) });

/** The least that may be asked of a controller: prefixes that compare letters. */
export const byLetters = controller({ annotations: {}, fits: ({ path: prefix }, path) => path.startsWith(prefix) });

interface BackendConfig {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly timeoutSec: number };
}

interface FrontendConfig {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly redirectToHttps: { readonly enabled: boolean } };
}

/** GKE: as Kubernetes says; the redirect and the time limit are in objects of Google's own. */
export const gce: Model = {
    annotations: {
        // kubernetes/ingress-gce, master of August 2026
        "kubernetes.io/": { "pkg/annotations/ingress.go": ["ingress.class", "ingress.allow-http"] },
        "cloud.google.com/": {
            "pkg/annotations/service.go": ["backend-config"],
            "pkg/negannotation/negannotation.go": ["neg"],
        },
        "networking.gke.io/": {
            "pkg/annotations/ingress.go": ["v1beta1.FrontendConfig"],
            // GoogleCloudPlatform/gke-managed-certs
            "pkg/config/config.go": ["managed-certificates"],
        },
    },
    answer(manifests, request) {
        const [ingress] = ingresses(manifests);
        const name = ingress && annotation(ingress, "networking.gke.io/v1beta1.FrontendConfig");
        const configs = manifests.all("FrontendConfig").map(({ inputs }) => inputs as unknown as FrontendConfig);
        const redirects = configs.some(({ metadata, spec }) => metadata.name === name && spec.redirectToHttps.enabled);
        return !request.encrypted && redirects ? toHttps(request) : bySegments.answer(manifests, request);
    },
    certificate: certificateByTls,
    idleSeconds(manifests) {
        // The Service names the BackendConfig that is called like it (gce.test.ts).
        const configs = manifests.all("BackendConfig").map(({ inputs }) => inputs as unknown as BackendConfig);
        return configs.find(({ metadata }) => metadata.name === "keep-websocket")?.spec.timeoutSec ?? 0;
    },
};
