import { issue, type Issue } from "../fields/issue";
import { allOf } from "../fields/vocabulary";
import {
    type Annotation,
    type Control,
    controlsIn,
    isNamed,
    isPassword,
    isRequestOfSignIn,
    namesAccess,
    namesOf,
    responseHeaders,
    setsHeader,
    tierOf,
    turnsSignInOff,
} from "./accessControls";
import { isListed } from "./accessTable";
import { isReadFromServices, readName } from "./annotationReaders";
import { givenAnnotations } from "./givenAnnotations";
import { kinds } from "./kinds";
import { type AllIngresses, type ExposedConfig, exposedIngresses, pathIn } from "./settings";

/** The tiers through which requests reach the API. */
type Tier = "frontend" | "backend";

/** The annotations of the Services of these tiers. */
export type Services = Readonly<
    Record<Tier, { readonly service: { readonly annotations: Readonly<Record<string, string>> } }>
>;

/** The annotations that control access to the paths of a tier, as far as their names and those of their objects say it. */
function controlsOf(config: ExposedConfig, tier: Tier, services: Services, accepted: readonly string[]) {
    return controlling(
        inForce(config, tier, services),
        ["sign-in", "list"],
        (name) => namesAccess(name) && !accepted.includes(name),
    );
}

/** The annotations that control access by their own names, or by objects, with these objects. */
function controlling(
    annotations: readonly Annotation[],
    controls: readonly Control[],
    isControl: (object: string) => boolean,
) {
    const found = controlsIn(annotations, controls);
    return annotations
        .map((annotation) => ({ ...annotation, objects: namesOf(annotation).filter(isControl) }))
        .filter(({ path, objects }) => objects.length > 0 || found.some((other) => other.path === path));
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
    ]
        .flatMap(({ path, values }) =>
            Object.entries(values).map(([name, value]) => ({
                path: [...path, name],
                name: readName(config.kind, name),
                value,
            })),
        )
        .filter(({ name }) => (tierOf(name) ?? tier) === tier);
    const key = (annotation: Annotation) => (isNamed(annotation) ? annotation.path.join() : annotation.name);
    return [...new Map(all.map((annotation) => [key(annotation), annotation])).values()];
}

/** What an ingress routes to, as far as it matters for access. */
interface Routed {
    /** Whether the ingress routes to the user interface. */
    readonly frontend: boolean;
    /** Whether a user interface calls the API through the ingress. */
    readonly callsApi: boolean;
    /** Whether the API reads the token of the user interface. */
    readonly readsToken: boolean;
}

/** Issues of access control that requests get around, or by which the user interface could not call the API. */
export function accessIssues(config: ExposedConfig, services: Services, routed: Routed): Issue[] {
    const { frontend, callsApi, readsToken } = routed;
    const passwords = callsApi ? passwordIssues(config, services) : [];
    const isOpen = frontend && controlsOf(config, "frontend", services, []).length === 0;
    const apiOnly = isOpen ? controlsOf(config, "backend", services, config.acceptTierObjects) : [];
    return [
        ...passwords,
        ...(callsApi && readsToken ? tokenIssues(config, services) : []),
        ...apiOnly
            .filter(({ path }) => !passwords.some((other) => other.path.join() === path.join()))
            .map(({ path, value, objects }) =>
                issue(
                    path,
                    `does not protect the API: the user interface also passes requests below /backend to it, from everybody. ${fixOf(path, "ingress", "frontend")}${confirmation(objects, "keep:ingress")}`,
                    { value },
                ),
            ),
    ];
}

/** The annotation with which one for the paths of a tier also applies to those of another; undefined if it applies to all. */
function ofTier(path: readonly string[], tier: Tier): string | undefined {
    const name = path.at(-1) ?? "";
    return tierOf(name) === undefined ? undefined : `${name.replace(/[a-z]+$/, tier)} as well`;
}

/** How to make access control of one tier, at a path of the settings of an ingress, apply to another. */
function fixOf(path: readonly string[], place: string, tier: Tier): string {
    const same = ofTier(path, tier);
    // On the paths of all tiers, it is missing on those of one only where these turn it off.
    if (same === undefined && path[1] === "annotations") {
        return `Do not turn it off in keep:${place}.tierAnnotations.${tier} or keep:${tier}.service.annotations`;
    }
    const common = `keep:${place}.annotations${tier === "frontend" ? `, or also in keep:${place}.tierAnnotations.frontend` : ""}`;
    return `Set it in ${same ?? (path[1] === "service" ? `keep:${tier}.service.annotations as well` : common)}`;
}

/** The end of a message about objects of one tier alone: how to confirm that they are meant. */
export function confirmation(objects: readonly string[], ingress: string): string {
    const them = objects.length === 1 ? "it" : "them";
    return objects.length === 0
        ? ""
        : `; or add ${allOf(objects)} to ${ingress}.acceptTierObjects, which confirms that the API is safe without ${them}`;
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
    return onPathsOfApi(config, services)
        .filter(isPassword)
        .map(({ path, value }) =>
            issue(
                path,
                `asks for a password in the header Authorization, in which the user interface sends its token to the API, so each call would fail. ${fix}; or use a sign-in by cookies, such as keep:auth.kind oauth2proxy`,
                { value },
            ),
        );
}

/** Issues of a sign-in that replaces the header Authorization by that of its response. */
function tokenIssues(config: ExposedConfig, services: Services): Issue[] {
    const annotations = onPathsOfApi(config, services);
    return annotations
        .filter((one) => responseHeaders(one).includes("authorization") && annotations.some(isRequestOfSignIn))
        .map(({ path, value }) =>
            issue(
                path,
                "replaces the header Authorization, in which the user interface sends its token to the API, so each call would fail. Remove Authorization from the list; or use keep:auth.kind oauth2proxy, which reads other headers",
                { value },
            ),
        );
}

/** The annotations on the paths by which the user interface calls the API. */
function onPathsOfApi(config: ExposedConfig, services: Services): Annotation[] {
    return inForce(config, kinds[config.kind].rewritesPaths ? "backend" : "frontend", services);
}

/** All ingresses, the Services behind them, and which of their tiers the stack runs. */
export interface ApiIngresses extends AllIngresses, Services {
    readonly frontend: { readonly enabled: boolean } & Services["frontend"];
    readonly backend: { readonly enabled: boolean } & Services["backend"];
}

/**
 * Access control of the user interface that is missing on the API's own paths, with the path of each in the settings
 * and the key of its ingress. An object may be access control whatever its name is, so that the API must have the same,
 * unless a setting confirms that it is safe without it. A sign-in of the controller that is turned off for the API alone
 * is missing there, too.
 * @param controls access control by which the API is not open
 * @param trusted headers of which the edge may set one for the API instead, by its own text: without any of them, Keep rejects a request
 */
export function missingOnApi(settings: ApiIngresses, controls: readonly Control[], trusted: readonly string[] = []) {
    return exposedIngresses(settings).flatMap(({ path: place, config, tiers }) => {
        const hasPaths = kinds[config.kind].rewritesPaths || config.tierHosts.backend !== undefined;
        const ofApi = inForce(config, "backend", settings);
        const isOpen =
            settings.backend.enabled &&
            hasPaths &&
            tiers.includes("backend") &&
            controlsIn(ofApi, controls).length === 0 &&
            !ofApi.some((one) => trusted.some((header) => setsHeader(one, header, false)));
        const meant = new Set([...ofApi.flatMap(namesOf), ...config.acceptTierObjects]);
        const ofFrontend = isOpen ? inForce(config, "frontend", settings) : [];
        // The edge of an API alone is confirmed by acceptPublic or edgeSetsHeaders.
        const hasFrontend = settings.frontend.enabled && tiers.includes("frontend");
        const isOffForAll = ofFrontend.some(turnsSignInOff);
        const turnedOff = isOpen && hasFrontend && !isOffForAll ? ofApi.filter(turnsSignInOff) : [];
        return [
            ...turnedOff.map((one) => ({
                ...one,
                objects: [],
                fault: "turns off the sign-in of the controller for the API",
                fix: "Remove it",
            })),
            ...controlling(ofFrontend, controls, (name) => !meant.has(name)).map((one) => ({
                ...one,
                fault: "is not set for the API",
                fix: fixOf(one.path, place, "backend"),
            })),
        ].map((one) => ({ ...one, path: pathIn(place, one.path), ingress: `keep:${place}` }));
    });
}

/** What sets the headers of a sign-in: a list in an annotation, an annotation that is missing, or directives of the controller. */
export type HeaderSetter = "list" | "newList" | "directives";

/**
 * Headers that requests through an ingress keep from the client, although its controller asks for a sign-in, with the
 * path and the value of the annotation that would have to set them. ingress-nginx sets those of a list alone, and snippets
 * those that they contain. HAProxy Ingress sets those of a list only if the sign-in answers with them, such as not with
 * the groups of a user who has none (auth-request.lua and haproxy.tmpl in rootfs/etc of jcmoraisjr/haproxy-ingress).
 */
export function headersOfClients(settings: ApiIngresses, headers: readonly string[]) {
    const found = exposedIngresses(settings).flatMap(({ path: place, config, tiers }) =>
        (["frontend", "backend"] as const)
            .filter((tier) => tiers.includes(tier))
            .flatMap((tier) => {
                const annotations = withoutIgnoredHeaders(inForce(config, tier, settings));
                const setter = setterOf(annotations, config);
                if (setter === undefined) {
                    return [];
                }
                const { annotation, by } = setter;
                const listed = by === "list" ? responseHeaders(annotation) : [];
                const missing = headers.filter(
                    (name) =>
                        !isListed(name.toLowerCase(), listed) &&
                        !annotations.some((one) => setsHeader(one, name, true)),
                );
                const { path, value } = annotation;
                return missing.length === 0 ? [] : [{ path: pathIn(place, path), value, missing, by }];
            }),
    );
    return [...new Map(found.map((one) => [one.path.join(), one])).values()];
}

/**
 * What sets the headers of the sign-in among the annotations, and the annotation to correct; undefined without a sign-in, and
 * for one that the program does not know. ingress-nginx can have another prefix.
 */
function setterOf(
    annotations: readonly Annotation[],
    config: ExposedConfig,
): { readonly annotation: Annotation; readonly by: HeaderSetter } | undefined {
    const signIn = annotations.find(isRequestOfSignIn);
    if (signIn === undefined) {
        return undefined;
    }
    const list = annotations.find(({ name }) => name.endsWith("/auth-response-headers"));
    const isHaproxy =
        signIn.name.startsWith("haproxy-ingress.github.io/") ||
        (signIn.name.startsWith("ingress.kubernetes.io/") && (list === undefined || isOfHaproxy(config)));
    if (isHaproxy) {
        return { annotation: signIn, by: "directives" };
    }
    if (list !== undefined) {
        return { annotation: list, by: "list" };
    }
    return signIn.name.startsWith("nginx.ingress.kubernetes.io/") ? { annotation: signIn, by: "newList" } : undefined;
}

/** Whether an ingress of any kind has a class of HAProxy Ingress, which reads the prefix `ingress.kubernetes.io` too. */
function isOfHaproxy(config: ExposedConfig): boolean {
    return "className" in config && config.className?.includes("haproxy") === true;
}

/** HAProxy Ingress ignores `headers` beside `request-set-headers` (https://haproxy-ingress.github.io/docs/configuration/keys/#headers). */
function withoutIgnoredHeaders(annotations: readonly Annotation[]): readonly Annotation[] {
    return annotations.some(({ name }) => name.endsWith("/request-set-headers"))
        ? annotations.filter(({ name }) => !name.endsWith("/headers"))
        : annotations;
}
