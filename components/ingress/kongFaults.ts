import { firstFault, onlyPlainHttp, onlyValues } from "./protocols";

/** The annotation with the names of plugins, for requests to an Ingress, a route or a Service. */
export const KONG_PLUGINS = "konghq.com/plugins";

/** The separator of names, by which the plugins of a tier are added to those of all (internal/annotations/annotations.go). */
export const JOINED_PLUGINS: Readonly<Record<string, string>> = { [KONG_PLUGINS]: "," };

/**
 * Rejects what makes Kong send other requests to Keep than the routes say
 * (https://developer.konghq.com/kubernetes-ingress-controller/reference/annotations/).
 */
export const kongFault = firstFault(
    onlyPlainHttp({ "konghq.com/protocol": /^(http|ws)$/ }),
    onlyValues(
        { "konghq.com/path": /^\/?$/, "konghq.com/rewrite": /^$/ },
        "would change the paths of requests, and Keep would not answer. Remove it",
    ),
);
