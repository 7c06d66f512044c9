import { firstFault, onlyPlainHttp, onlyValues } from "./protocols";

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
