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
export function inForce(config: ExposedConfig, tier: Tier, services: Services): Annotation[] {
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
 * unless a setting confirms that it is safe without it. A sign-in of the controller that is turned off for one of the two
 * is missing on the API's paths, too.
 * @param controls access control by which the paths of a tier are not open
 * @param trusted headers of which the edge may set one there instead, by its own text: without any of them, Keep rejects a request
 */
export function missingOnApi(settings: ApiIngresses, controls: readonly Control[], trusted: readonly string[] = []) {
    return exposedIngresses(settings).flatMap(({ path: place, config, tiers }) => {
        const hasPaths = kinds[config.kind].rewritesPaths || config.tierHosts.backend !== undefined;
        if (!settings.backend.enabled || !hasPaths || !tiers.includes("backend")) {
            return [];
        }
        const annotations = {
            backend: inForce(config, "backend", settings),
            frontend: inForce(config, "frontend", settings),
        };
        const isOpen = (tier: Tier) =>
            controlsIn(annotations[tier], controls).length === 0 &&
            !annotations[tier].some((one) => trusted.some((header) => setsHeader(one, header, false)));
        const meant = new Set([...annotations.backend.flatMap(namesOf), ...config.acceptTierObjects]);
        // The edge of an API alone is confirmed by acceptPublic or edgeSetsHeaders.
        const hasFrontend = settings.frontend.enabled && tiers.includes("frontend");
        const turnedOff = (tier: Tier, other: Tier) =>
            hasFrontend && isOpen(tier) && !annotations[other].some(turnsSignInOff)
                ? annotations[tier].filter(turnsSignInOff).map((one) => ({
                      ...one,
                      tier,
                      objects: [],
                      fault: `turns off the sign-in of the controller for ${OPENED[tier]}`,
                      fix: "Remove it",
                  }))
                : [];
        return [
            ...turnedOff("backend", "frontend"),
            ...turnedOff("frontend", "backend"),
            ...(isOpen("backend")
                ? controlling(annotations.frontend, controls, (name) => !meant.has(name)).map((one) => ({
                      ...one,
                      tier: "backend",
                      fault: "is not set for the API",
                      fix: fixOf(one.path, place, "backend"),
                  }))
                : []),
        ].map((one) => ({ ...one, path: pathIn(place, one.path), ingress: `keep:${place}` }));
    });
}

/** What gets requests without a sign-in on the paths of a tier. */
const OPENED: Readonly<Record<Tier, string>> = {
    backend: "the API",
    frontend: "the user interface, which also passes requests below /backend to the API",
};
