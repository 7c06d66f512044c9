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
