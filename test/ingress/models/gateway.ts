import { type Answer, isUnder, type Manifests, type Model, NOBODY, type Request, split, toHttps } from "./model";

interface Listener {
    readonly name: string;
    readonly protocol: string;
    readonly tls?: { readonly certificateRefs: readonly { readonly name: string }[] };
}

interface Filter {
    readonly type: string;
    readonly urlRewrite?: { readonly path: { readonly type: string; readonly replacePrefixMatch: string } };
    readonly requestRedirect?: { readonly scheme: string };
}

interface Rule {
    readonly matches?: readonly { readonly path: { readonly type: string; readonly value: string } }[];
    readonly filters?: readonly Filter[];
    readonly timeouts?: { readonly request: string };
    readonly backendRefs?: readonly { readonly name: string }[];
}

interface Route {
    readonly parentRefs: readonly { readonly sectionName?: string }[];
    readonly hostnames: readonly string[];
    readonly rules: readonly Rule[];
}

/** Gateway API: the listener by scheme, then the longest PathPrefix by segments (HTTPRoute's documentation of `matches`). */
export const gateway: Model = {
    annotations: {},
    answer(manifests: Manifests, request: Request): Answer {
        const { path, query } = split(request.target);
        const found = routesOf(manifests, request)
            .flatMap(({ rules }) => rules)
            .map((rule) => ({ rule, prefix: rule.matches?.[0]?.path.value ?? "/" }))
            .filter(({ prefix }) => isUnder(path, prefix))
            .sort((a, b) => b.prefix.length - a.prefix.length)[0];
        if (found === undefined) return NOBODY;
        const { rule, prefix } = found;
        if (rule.filters?.some(({ requestRedirect }) => requestRedirect?.scheme === "https")) return toHttps(request);
        const rewrite = rule.filters?.find(({ type }) => type === "URLRewrite")?.urlRewrite?.path;
        const rest = path.slice(prefix.length);
        // "/v2" and "/v2/" both become "/": the slash between replacement and rest is never doubled or lost.
        const sees = rewrite?.type === "ReplacePrefixMatch" ? `/${rest.replace(/^\//, "")}` : path;
        return { service: rule.backendRefs?.[0]?.name ?? "", sees: sees + query };
    },
    certificate(manifests, host) {
        const [listener] = listenersOf(manifests, { host, target: "/", encrypted: true });
        return listener?.tls?.certificateRefs[0]?.name;
    },
    idleSeconds(manifests) {
        const rules = routesOf(manifests, { host: "keep.example.com", target: "/", encrypted: true }).flatMap(
            (route) => route.rules,
        );
        const websocket = rules.find(({ backendRefs }) => backendRefs?.[0]?.name === "keep-websocket");
        return websocket?.timeouts?.request === "0s" ? Infinity : 0;
    },
};

function listenersOf({ all }: Manifests, { encrypted }: Request): readonly Listener[] {
    return all("Gateway")
        .flatMap(({ inputs }) => (inputs.spec as { listeners: readonly Listener[] }).listeners)
        .filter(({ protocol }) => protocol === (encrypted ? "HTTPS" : "HTTP"));
}

function routesOf(manifests: Manifests, request: Request): Route[] {
    const listeners = listenersOf(manifests, request).map(({ name }) => name);
    return manifests
        .all("HTTPRoute")
        .map(({ inputs }) => inputs.spec as Route)
        .filter(({ hostnames }) => hostnames.includes(request.host))
        .filter(({ parentRefs }) =>
            parentRefs.some(({ sectionName }) => sectionName === undefined || listeners.includes(sectionName)),
        );
}
