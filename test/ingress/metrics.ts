import type { Answer } from "./models/model";

/** Paths of Keep's metrics under a prefix, as they are written (keep/api/routes/metrics.py). */
export function metricsPaths(prefix: string): string[] {
    return ["/metrics", "/metrics/", "/metrics?x=1", "/metrics/processing"].map((path) => prefix + path);
}

/** The same in disguise: what some server on the way might take for them. */
export function disguisedMetricsPaths(prefix: string): string[] {
    return [
        `${prefix}/%6detrics`,
        `${prefix}/%6Detrics/processing`,
        `${prefix}/%256detrics`,
        `${prefix}//metrics`,
        `/${prefix}/metrics`,
        `${prefix}/./metrics`,
        `${prefix}/%2e/metrics`,
        `${prefix}/x/../metrics`,
        `${prefix}/x/%2e%2e/metrics`,
        `/x/..${prefix}/metrics`,
        `${prefix}/METRICS`,
        `${prefix.toUpperCase()}/metrics`,
        `${prefix}%2Fmetrics`,
        `${prefix}%2fmetrics/processing`,
        `${prefix}/metrics%2Fprocessing`,
        `${prefix}/%6detrics%2fprocessing`,
        `${prefix}/%2Fmetrics`,
        `${prefix}\\metrics`,
        `${prefix}/x/..\\metrics`,
        // A rewrite that takes off a blocked prefix would leave the path of the metrics.
        `${prefix}/metricsmetrics`,
        `${prefix}/metrics/metrics`,
    ];
}

/** Whether whoever sees the path answers with metrics. */
export function showsMetrics(answer: Answer): boolean {
    if (!("service" in answer)) return false;
    const [path = ""] = answer.sees.split("?");
    return answer.service === "keep-backend" ? isMetrics(path) : answer.service === "keep-frontend" && passesOn(path);
}

/** The API's server decodes a path once and compares it as it then is (uvicorn's httptools_impl.py, Starlette's routing.py). */
function isMetrics(path: string): boolean {
    return /^\/metrics(\/|$)/.test(decodeURIComponent(path));
}

/**
 * The user interface passes on what is under /backend, in the form that the WHATWG URL has (keep-ui/middleware.ts). A path with
 * a backslash or with two slashes side by side is redirected to one without (normalizeRepeatedSlashes in Next.js's base-server.ts).
 */
function passesOn(path: string): boolean {
    if (/\\|\/\//.test(path)) return false;
    const { pathname } = new URL(path, "http://keep-frontend");
    return pathname.startsWith("/backend/") && isMetrics(pathname.replace("/backend/", "/"));
}
