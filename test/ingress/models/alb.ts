import {
    annotation,
    type Answer,
    certificateByTls,
    ingresses,
    locationsOf,
    type Manifests,
    type Model,
    NOBODY,
    type Request,
    split,
    toHttps,
} from "./model";

const DIALECT = "alb.ingress.kubernetes.io";

type Transforms = readonly {
    readonly type: string;
    readonly urlRewriteConfig: { readonly rewrites: readonly { readonly regex: string; readonly replace: string }[] };
}[];

/** AWS: Prefix /x is the patterns /x and /x/*, the longest first; ssl-redirect answers everything on http; transforms go by Service. */
export const alb: Model = {
    annotations: {
        // kubernetes-sigs/aws-load-balancer-controller v3.5.0; transforms since v2.14.1
        "alb.ingress.kubernetes.io/": {
            "pkg/annotations/constants.go": [
                "scheme",
                "target-type",
                "load-balancer-attributes",
                "listen-ports",
                "ssl-redirect",
                "certificate-arn",
                "healthcheck-path",
                "success-codes",
            ],
            "pkg/ingress/model_build_listener.go": ["listener-attributes.HTTPS-443", "listener-attributes.HTTP-80"],
            "pkg/ingress/enhanced_backend_builder.go": ["transforms.keep-backend", "transforms.keep-websocket"],
        },
    },
    answer(manifests: Manifests, request: Request): Answer {
        const objects = ingresses(manifests);
        if (!request.encrypted && objects.some((ingress) => annotation(ingress, `${DIALECT}/ssl-redirect`) === "443")) {
            return toHttps(request);
        }
        const { path } = split(request.target);
        const found = locationsOf(objects, request.host)
            .sort((a, b) => b.path.length - a.path.length)
            .find((location) => patterns(location.path).some((pattern) => pattern.test(path)));
        if (found === undefined) return NOBODY;
        const text = annotation(found.ingress, `${DIALECT}/transforms.${found.service}`);
        const transforms = text === undefined ? [] : (JSON.parse(text) as Transforms);
        const sees = transforms
            .flatMap(({ urlRewriteConfig }) => urlRewriteConfig.rewrites)
            .reduce((target, { regex, replace }) => target.replace(new RegExp(regex), replace), request.target);
        return { service: found.service, sees };
    },
    certificate: certificateByTls,
    idleSeconds(manifests) {
        const [ingress] = ingresses(manifests);
        const attributes = ingress && annotation(ingress, `${DIALECT}/load-balancer-attributes`);
        return Number(/idle_timeout\.timeout_seconds=([0-9]+)/.exec(attributes ?? "")?.[1]);
    },
};

function patterns(prefix: string): RegExp[] {
    const texts = prefix === "/" ? ["/*"] : [prefix, `${prefix}/*`];
    return texts.map((text) => new RegExp(`^${text.replaceAll(".", "\\.").replaceAll("*", ".*")}$`));
}
