import {
    annotation,
    type Answer,
    certificateByTls,
    type Ingress,
    ingresses,
    type Location,
    locationsOf,
    type Manifests,
    type Model,
    NOBODY,
    type Request,
    split,
    toHttps,
} from "./model";

const ROUTER = "traefik.ingress.kubernetes.io/router";

interface Middleware {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: {
        readonly stripPrefix?: { readonly prefixes: readonly string[] };
        readonly redirectScheme?: { readonly scheme: string };
    };
}

/**
 * Traefik: a router a path, by priority, which is the length of its rule unless it has one. Exact is Path, Prefix is PathPrefix, which compares letters unless the
 * provider's strictPrefixMatching is on. Middlewares run in their order; stripPrefix takes the first prefix that fits.
 */
export const traefik: Model = {
    annotations: {
        // traefik/traefik v3.7.9
        "traefik.ingress.kubernetes.io/": {
            "pkg/provider/kubernetes/ingress/annotations.go": [
                "router.entrypoints",
                "router.tls",
                "router.priority",
                "router.middlewares",
            ],
        },
    },
    answer(manifests: Manifests, request: Request): Answer {
        const { path, query } = split(request.target);
        const [found] = locationsOf(ingresses(manifests), request.host)
            .filter(({ ingress }) => listens(ingress, request.encrypted))
            .filter((location) =>
                location.pathType === "Exact" ? path === location.path : path.startsWith(location.path),
            )
            .sort((a, b) => priorityOf(b) - priorityOf(a));
        if (found === undefined) return NOBODY;
        const middlewares = (annotation(found.ingress, `${ROUTER}.middlewares`) ?? "")
            .split(",")
            .filter((name) => name !== "")
            .map((name) => middlewareOf(manifests, name));
        if (middlewares.some(({ spec }) => spec.redirectScheme?.scheme === "https")) return toHttps(request);
        const sees = middlewares.reduce((rest, { spec }) => strip(rest, spec.stripPrefix?.prefixes ?? []), path);
        return { service: found.service, sees: sees + query };
    },
    certificate: certificateByTls,
    idleSeconds: () => Infinity,
};

/** Whether an Ingress is on the entry point where such requests arrive, by their usual names. */
function listens(ingress: Ingress, encrypted: boolean): boolean {
    const entryPoint = annotation(ingress, `${ROUTER}.entrypoints`);
    const isTls = annotation(ingress, `${ROUTER}.tls`) === "true";
    return encrypted ? entryPoint === "websecure" && isTls : entryPoint === "web" && !isTls;
}

/** Its own, or the length of the rule, the host's part of which is the same for all. */
function priorityOf({ ingress, pathType, path }: Location): number {
    const rule = `${pathType === "Exact" ? "Path" : "PathPrefix"}(\`${path}\`)`;
    return Number(annotation(ingress, `${ROUTER}.priority`) ?? rule.length);
}

function middlewareOf({ all }: Manifests, reference: string): Middleware {
    const middlewares = all("Middleware").map(({ inputs }) => inputs as unknown as Middleware);
    const found = middlewares.find(
        ({ metadata }) => `${metadata.namespace}-${metadata.name}@kubernetescrd` === reference,
    );
    if (found === undefined) throw new Error(`there is no middleware ${reference}`);
    return found;
}

function strip(path: string, prefixes: readonly string[]): string {
    const prefix = prefixes.find((candidate) => path.startsWith(candidate));
    const rest = prefix === undefined ? path : path.slice(prefix.length);
    return rest.startsWith("/") ? rest : `/${rest}`;
}
