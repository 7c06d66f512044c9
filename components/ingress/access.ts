import { issue, type Issue } from "../fields/issue";
import { OFF } from "./accessTable";
import { isReadFromServices, readName } from "./annotationReaders";
import { givenAnnotations } from "./givenAnnotations";
import { kinds } from "./kinds";
import { KONG_PLUGINS } from "./kongFaults";
import { type AllIngresses, type ExposedConfig, exposedIngresses, pathIn } from "./settings";

/** An annotation in force on the paths of a tier. */
interface Annotation {
    /** Its path in `keep:ingress`, or that of a Service. */
    readonly path: readonly string[];
    /** Its name as the controller reads it. */
    readonly name: string;
    readonly value: string;
}

/**
 * Annotations by which a controller asks for a password (internal/ingress/annotations/auth of kubernetes/ingress-nginx,
 * pkg/annotations/ingress/basicAuth.go of haproxytech/kubernetes-ingress, internal/configs/annotations.go of
 * nginx/kubernetes-ingress, and buildBackendAuthHTTP of jcmoraisjr/haproxy-ingress).
 */
const PASSWORDS: Readonly<Record<string, RegExp>> = {
    "haproxy-ingress.github.io/auth-secret": /./,
    "haproxy.org/auth-type": /^basic-auth$/,
    "ingress.kubernetes.io/auth-secret": /./,
    "nginx.ingress.kubernetes.io/auth-type": /^(basic|digest)$/,
    "nginx.org/basic-auth-secret": /./,
};

function isPassword({ name, value }: Annotation): boolean {
    return Object.hasOwn(PASSWORDS, name) && PASSWORDS[name]?.test(value) === true;
}

/** Words in the names of objects that let only some senders in, and in those of others. */
const LIST = /allow|deny|white|black|block|\bip|[-_]ip\b|list|restrict|geo|waf|private|mtls|client-?cert|firewall|vpn/i;
const NO_LIST = /cors|header/i;

/** Ways of access control, by annotations. */
const CONTROLS: Readonly<Record<"sign-in" | "list" | "headers", (annotation: Annotation) => boolean>> = {
    "sign-in": (annotation) =>
        isPassword(annotation) ||
        /\/(auth-(type|url)|oauth)$/.test(annotation.name) ||
        (isNamed(annotation) && /auth|jwt|login|oidc|saml|sso/i.test(annotation.value)),
    list: (annotation) =>
        /\/(ip_(white|allow)list|(allow|deny|white|black)-?list(-source-range)?)$/.test(annotation.name) ||
        (isNamed(annotation) && annotation.value.split(",").some((one) => LIST.test(one) && !NO_LIST.test(one))),
    headers: (annotation) => /header|snippet|\/config-/.test(annotation.name) || isNamed(annotation),
};

/** The tiers through which requests reach the API. */
type Tier = "frontend" | "backend";

/** The annotations of the Services of these tiers. */
export type Services = Readonly<
    Record<Tier, { readonly service: { readonly annotations: Readonly<Record<string, string>> } }>
>;

/** A kind of access control. */
type Control = keyof typeof CONTROLS;

/** Middlewares of Traefik and plugins of Kong, which are joined, and whose names alone say what they do. */
function isNamed({ name }: Annotation): boolean {
    return name.endsWith("/router.middlewares") || name === KONG_PLUGINS;
}

/** The annotations of an ingress that control access to the paths of a tier in one of several ways. */
function controlsOf(
    config: ExposedConfig,
    tier: Tier,
    services: Services,
    ...controls: readonly Control[]
): Annotation[] {
    return inForce(config, tier, services).filter(
        (annotation) => !OFF.test(annotation.value) && controls.some((control) => CONTROLS[control](annotation)),
    );
}

/**
 * The annotations on the paths of a tier. Those of the tier take precedence, and then those of its Service. Middlewares
 * and plugins are joined.
 */
function inForce(config: ExposedConfig, tier: Tier, services: Services): Annotation[] {
    const ofService = Object.entries(services[tier].service.annotations).filter(([name]) =>
        isReadFromServices(config.kind, name),
    );
    const all = [
        ...givenAnnotations(config).filter(({ path, ofTier }) => !ofTier || path.at(-1) === tier),
        { path: [tier, "service", "annotations"], values: Object.fromEntries(ofService) },
    ].flatMap(({ path, values }) =>
        Object.entries(values).map(([name, value]) => ({
            path: [...path, name],
            name: readName(config.kind, name),
            value,
        })),
    );
    const key = (annotation: Annotation) => (isNamed(annotation) ? annotation.path.join() : annotation.name);
    return [...new Map(all.map((annotation) => [key(annotation), annotation])).values()];
}

/** What an ingress routes to, as far as it matters for access. */
interface Routed {
    /** Whether the ingress routes to the user interface. */
    readonly frontend: boolean;
    /** Whether a user interface calls the API through the ingress. */
    readonly callsApi: boolean;
}

/** Issues of access control that requests get around, or by which the user interface could not call the API. */
export function accessIssues(config: ExposedConfig, services: Services, { frontend, callsApi }: Routed): Issue[] {
    const passwords = callsApi ? passwordIssues(config, services) : [];
    const open = frontend && controlsOf(config, "frontend", services, "sign-in", "list").length === 0;
    const apiOnly = open ? controlsOf(config, "backend", services, "sign-in", "list") : [];
    return [
        ...passwords,
        ...apiOnly
            .filter(({ path }) => !passwords.some((other) => other.path.join() === path.join()))
            .map(({ path, value }) =>
                issue(
                    path,
                    "does not protect the API: the user interface also passes requests below /backend to it, from everybody. Set it in keep:ingress.annotations, or also in keep:ingress.tierAnnotations.frontend",
                    { value },
                ),
            ),
    ];
}

/**
 * Issues of passwords on the paths of the API. A request has one header Authorization, and Keep's user interface sends
 * its token there (keep-ui/shared/api/ApiClient.ts).
 */
function passwordIssues(config: ExposedConfig, services: Services): Issue[] {
    const { rewritesPaths, supports } = kinds[config.kind];
    const fix =
        rewritesPaths && supports.tierAnnotations === true
            ? "Move it to keep:ingress.tierAnnotations.frontend"
            : "Remove it";
    return inForce(config, rewritesPaths ? "backend" : "frontend", services)
        .filter(isPassword)
        .map(({ path, value }) =>
            issue(
                path,
                `asks for a password in the header Authorization, in which the user interface sends its token to the API, so each call would fail. ${fix}; or use a sign-in by cookies, such as keep:auth.kind oauth2proxy`,
                { value },
            ),
        );
}

/** All ingresses, the Services behind them, and whether the stack runs the API. */
export interface ApiIngresses extends AllIngresses, Services {
    readonly backend: { readonly enabled: boolean } & Services["backend"];
}

/**
 * Access control of the user interface that is missing on the API's own paths, with the path of each in the settings
 * and the key of its ingress.
 * @param others access control of the API that may replace it
 */
export function missingOnApi(settings: ApiIngresses, controls: readonly Control[], others: readonly Control[] = []) {
    return exposedIngresses(settings).flatMap(({ path: place, config, tiers }) => {
        if (!settings.backend.enabled) {
            return [];
        }
        const hasPaths = kinds[config.kind].rewritesPaths || config.tierHosts.backend !== undefined;
        const isOpen = controlsOf(config, "backend", settings, ...controls, ...others).length === 0;
        return hasPaths && isOpen && tiers.includes("backend")
            ? controlsOf(config, "frontend", settings, ...controls).map(({ path, value }) => ({
                  path: pathIn(place, path),
                  value,
                  ingress: `keep:${place}`,
              }))
            : [];
    });
}
