import { type ApiIngresses, inForce } from "../ingress/access";
import { exposedIngresses, pathIn } from "../ingress/settings";
import type { AuthConfig } from "./settings";

/** Authelia's default endpoints, which read Authorization before the session (internal/configuration/schema/server.go of authelia/authelia). */
const DEFAULT_ENDPOINT = /\/api\/authz\/(auth-request|ext-authz|forward-auth)\b/;

/** Annotations that choose or change the headers of requests to a sign-in, in ingress-nginx and HAProxy Ingress. */
const CHOOSES_HEADERS = /\/(auth-snippet|auth-headers-request)$/;

/**
 * A warning about a sign-in that rejects the API's requests: without an access token, the user interface sends
 * `Bearer oauth2proxy:<user>` (keep-ui/shared/lib/oauth2proxy-auth.ts). Authelia sends no token, and rejects a colon in one
 * (validateSchemeBearerValue in its internal/model/authorization.go). Undefined for other endpoints and providers.
 * @param namespace prefix of keys in messages
 */
export function autheliaNote(
    namespace: string,
    { auth, ...settings }: ApiIngresses & { readonly auth: AuthConfig },
): string | undefined {
    const found = exposedIngresses(settings)
        .flatMap(({ path: place, config }) =>
            (["frontend", "backend"] as const).flatMap((tier) => {
                const annotations = inForce(config, tier, settings);
                return annotations.some(({ name }) => CHOOSES_HEADERS.test(name))
                    ? []
                    : annotations
                          .filter(({ name, value }) => name.endsWith("/auth-url") && DEFAULT_ENDPOINT.test(value))
                          .map(({ path }) => pathIn(place, path));
            }),
        )
        .at(0);
    return auth.kind === "oauth2proxy" && found !== undefined
        ? `${namespace}${found.join(".")}: unless you have changed it, this endpoint of Authelia answers the user interface's calls of the API with 401, because it reads their Authorization before the session. Add an endpoint to Authelia that reads the session cookie alone, as docs/sign-in/oauth2-proxy.md shows, and set the annotation to its path, such as /api/authz/keep`
        : undefined;
}
