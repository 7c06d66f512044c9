import type { AccessTable } from "../accessTable";
import { words } from "./words";

/**
 * Names after `traefik.ingress.kubernetes.io/` in lower case, of Traefik 3.7:
 * pkg/provider/kubernetes/ingress/annotations.go of traefik/traefik.
 */
export const TRAEFIK = words(`
    router.entrypoints router.middlewares router.observability.* router.pathmatcher router.priority
    router.rulesyntax router.tls router.tls.* service.middlewares service.nativelb service.nodeportlb
    service.passhostheader service.serversscheme service.serverstransport service.sticky service.sticky.*
`);

const PREFIX = "traefik.ingress.kubernetes.io/";

/**
 * Routers and Services: pkg/provider/kubernetes/ingress/annotations.go and kubernetes.go. For a host whose routers have
 * different options of TLS, Traefik uses the default options (resolveHTTPTLSOptions in pkg/server/aggregator.go).
 */
export const TRAEFIK_ACCESS: AccessTable = {
    [`${PREFIX}router.middlewares`]: {},
    [`${PREFIX}router.tls.options`]: { scope: "host", needsTls: true },
    [`${PREFIX}router.tls.*`]: { needsTls: true },
    [`${PREFIX}service.*`]: { onServices: true },
};
