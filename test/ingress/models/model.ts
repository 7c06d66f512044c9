import type { types } from "@pulumi/kubernetes";

import type { Deployed } from "../../support/harness";

/** What an edge is given: everything that a stack made. */
export type Manifests = Pick<Deployed<unknown>, "all" | "one">;

/** A request as it arrives at the edge. */
export interface Request {
    readonly host: string;
    /** Path and query. */
    readonly target: string;
    /** False for one that comes without TLS. */
    readonly encrypted: boolean;
}

/** What becomes of a request: a Service sees it, or the browser is sent elsewhere, or nobody is there. */
export type Answer =
    { readonly service: string; readonly sees: string } | { readonly redirect: string } | { readonly nobody: true };

/** How one controller routes and rewrites, as its documentation (and where that is silent, its source) says. */
export interface Model {
    /**
     * Names of the annotations that it reads, by their prefix and by the file of its repository that reads them. A controller ignores an
     * annotation that it does not know, so a new one is added here from the source, not from memory.
     */
    readonly annotations: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
    readonly answer: (manifests: Manifests, request: Request) => Answer;
    /** Name of the Secret whose certificate a host is served with; "own" for one that the edge finds itself. */
    readonly certificate: (manifests: Manifests, host: string) => string | undefined;
    /** Seconds that an idle websocket lives, or Infinity. */
    readonly idleSeconds: (manifests: Manifests) => number;
}

/** Nobody answers. */
export const NOBODY: Answer = { nobody: true };

/** An Ingress as the API server would keep it. */
export type Ingress = types.output.networking.v1.Ingress;

/** One path of one host of an Ingress. */
export interface Location {
    readonly ingress: Ingress;
    readonly path: string;
    readonly pathType: string;
    readonly service: string;
}

/** What tells one controller of Ingress objects from another. */
export interface Controller {
    readonly annotations: Model["annotations"];
    /** Whether a path of an Ingress serves the path of a request. */
    readonly fits: (location: Location, path: string) => boolean;
    /** Where a request without TLS is sent; default: nowhere. */
    readonly redirect?: (found: Location, request: Request, manifests: Manifests) => Answer | undefined;
    /** The path that the Service sees; default: that of the request. */
    readonly rewrite?: (found: Location, path: string) => string;
    /** Seconds that an idle websocket of an Ingress lives; default: not ours to say. */
    readonly idleSeconds?: (ingress: Ingress) => number;
}

/** A controller that takes the longest of the paths that fit, as Kubernetes says of Ingress objects, and their TLS part. */
export function controller({ annotations, fits, redirect, rewrite, idleSeconds }: Controller): Model {
    return {
        annotations,
        answer(manifests, request) {
            const { path, query } = split(request.target);
            const found = longest(
                locationsOf(ingresses(manifests), request.host).filter((location) => fits(location, path)),
            );
            if (found === undefined) return NOBODY;
            const redirected = request.encrypted ? undefined : redirect?.(found, request, manifests);
            return redirected ?? { service: found.service, sees: (rewrite?.(found, path) ?? path) + query };
        },
        certificate: certificateByTls,
        idleSeconds: (manifests) => Math.min(...ingresses(manifests).map(idleSeconds ?? (() => Infinity))),
    };
}

/** Sends a host to https that has TLS in an Ingress. */
export function redirectWithTls(_found: Location, request: Request, manifests: Manifests): Answer | undefined {
    return certificateByTls(manifests, request.host) === undefined ? undefined : toHttps(request);
}

/** Whether an Exact path is that of a request, or a prefix fits it. */
export function exactOr(fits: (path: string, prefix: string) => boolean): Controller["fits"] {
    return (location, path) => (location.pathType === "Exact" ? location.path === path : fits(path, location.path));
}

/** All Ingress objects. */
export function ingresses({ all }: Manifests): Ingress[] {
    return all("Ingress").map(({ inputs }) => inputs);
}

/** All paths that Ingress objects give a host. */
export function locationsOf(objects: readonly Ingress[], host: string): Location[] {
    return objects.flatMap((ingress) =>
        ingress.spec.rules
            .filter((rule) => rule.host === host)
            .flatMap((rule) => rule.http.paths)
            .map(({ path, pathType, backend }) => ({ ingress, path, pathType, service: backend.service.name })),
    );
}

/** Value of an annotation. */
export function annotation({ metadata }: { readonly metadata: Ingress["metadata"] }, name: string): string | undefined {
    return (metadata.annotations as Record<string, string> | undefined)?.[name];
}

/** Whether an Ingress has a TLS part. */
export function hasTls({ spec }: Ingress): boolean {
    return (spec.tls as Ingress["spec"]["tls"] | undefined) !== undefined;
}

/** Path and query apart, the query with its question mark. */
export function split(target: string): { path: string; query: string } {
    const at = target.indexOf("?");
    return at < 0 ? { path: target, query: "" } : { path: target.slice(0, at), query: target.slice(at) };
}

/** The longest path, so that the most special wins; of two alike, the exact one. */
export function longest<T extends { readonly path: string; readonly pathType?: string }>(
    candidates: readonly T[],
): T | undefined {
    const rank = ({ path, pathType }: T) => 2 * path.length + (pathType === "Exact" ? 1 : 0);
    return [...candidates].sort((a, b) => rank(b) - rank(a))[0];
}

/** Whether a path lies under a prefix, by whole segments. */
export function isUnder(path: string, prefix: string): boolean {
    const trimmed = prefix.replace(/\/$/, "");
    return path === trimmed || path.startsWith(`${trimmed}/`);
}

/** The same request with https. */
export function toHttps({ host, target }: Request): Answer {
    return { redirect: `https://${host}${target}` };
}

/** Certificate of a host by the TLS part of Ingress objects. */
export function certificateByTls(manifests: Manifests, host: string): string | undefined {
    const sections = ingresses(manifests)
        .flatMap(({ spec }) => (spec.tls as Ingress["spec"]["tls"] | undefined) ?? [])
        .filter(({ hosts }) => hosts.includes(host))
        .map(({ secretName }) => (secretName as string | undefined) ?? "own");
    const [first, ...others] = new Set(sections);
    if (others.length > 0) throw new Error(`${host} has several certificates: ${sections.join(", ")}`);
    return first;
}

/** A time such as 3600s or 3600, in seconds. */
export function seconds(text: string | undefined): number {
    const match = /^([0-9]+)s?$/.exec(text ?? "");
    if (match === null) throw new Error(`not a time in seconds: ${text ?? "undefined"}`);
    return Number(match[1]);
}
