import type { Answer } from "./models/model";

/** The user interface sees this path. */
export const frontend = (sees: string): Answer => ({ service: "keep-frontend", sees });
/** The API sees this path. */
export const backend = (sees: string): Answer => ({ service: "keep-backend", sees });
/** Soketi sees this path. */
export const websocket = (sees: string): Answer => ({ service: "keep-websocket", sees });

/** Who answers each request, and what it sees, with the API under `api` and live updates under `live`. */
export function routesWithRewrite(api: string, live: string): Record<string, Answer> {
    return {
        [api]: backend("/"),
        [`${api}?x=1`]: backend("/?x=1"),
        [`${api}/`]: backend("/"),
        [`${api}/alerts/event/grafana`]: backend("/alerts/event/grafana"),
        [`${api}/alerts?cel=a%20%26%26%20b/v2`]: backend("/alerts?cel=a%20%26%26%20b/v2"),
        [`${api}${api}`]: backend(api),
        [`${api}${live}/x`]: backend(`${live}/x`),
        [`${api}x`]: frontend(`${api}x`),
        [`/pages${api}`]: frontend(`/pages${api}`),
        [`${live}/app/KEY?protocol=7`]: websocket("/app/KEY?protocol=7"),
        [`${live}x/app/KEY`]: frontend(`${live}x/app/KEY`),
        ...pages,
    };
}

/** Paths of the user interface, the same everywhere. */
const pages: Record<string, Answer> = Object.fromEntries(
    ["/", "/alerts?x=1", "/_next/static/a.js", "/api/auth/session", "/backend/alerts", "/incidents/1/alerts"].map(
        (target) => [target, frontend(target)],
    ),
);

/** The same for edges that cannot rewrite: the API is behind the user interface. */
export const routesWithoutRewrite: Record<string, Answer> = {
    ...pages,
    "/v2/alerts": frontend("/v2/alerts"),
    "/backend": frontend("/backend"),
    "/backend/alerts/event/grafana?x=1": frontend("/backend/alerts/event/grafana?x=1"),
    "/app/KEY?protocol=7": websocket("/app/KEY?protocol=7"),
};
