import {
    annotation,
    type Answer,
    certificateByTls,
    ingresses,
    isUnder,
    locationsOf,
    longest,
    type Manifests,
    type Model,
    NOBODY,
    type Request,
    toHttps,
    split,
} from "./model";

function route(fits: (path: string, prefix: string) => boolean) {
    return (manifests: Manifests, { host, target }: Request): Answer => {
        const { path } = split(target);
        const found = longest(locationsOf(ingresses(manifests), host).filter((location) => fits(path, location.path)));
        return found === undefined ? NOBODY : { service: found.service, sees: target };
    };
}

/** A controller that does what Kubernetes says of an Ingress, and nothing more. */
export const bySegments: Model = {
    annotations: {},
    answer: route(isUnder),
    certificate: certificateByTls,
    // Not ours to say; docs/ingress.md asks for 120 seconds or more.
    idleSeconds: () => Infinity,
};

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

/** The least that may be asked of a controller: prefixes that compare letters. */
export const byLetters: Model = { ...bySegments, answer: route((path, prefix) => path.startsWith(prefix)) };
