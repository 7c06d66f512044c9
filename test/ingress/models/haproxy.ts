import { annotation, controller, exactOr, isUnder, seconds, toHttps } from "./model";

const DIALECT = "haproxy.org";

/**
 * HAProxy Technologies' controller: Prefix goes by segments and the longest wins; the lines of path-rewrite become
 * `http-request replace-path` rules for every path of their Ingress, each working on what the one before left.
 */
export const haproxy = controller({
    annotations: {
        // haproxytech/kubernetes-ingress v3.2.11; timeout-server since v1.11.0
        "haproxy.org/": {
            "pkg/annotations/annotations.go": [
                "timeout-server",
                "path-rewrite",
                "response-set-header",
                "ssl-redirect",
                "ssl-redirect-port",
            ],
        },
    },
    fits: exactOr(isUnder),
    redirect({ ingress }, request) {
        if (annotation(ingress, `${DIALECT}/ssl-redirect`) !== "true") return undefined;
        const port = annotation(ingress, `${DIALECT}/ssl-redirect-port`) ?? "8443";
        return port === "443" ? toHttps(request) : { redirect: `https://${request.host}:${port}${request.target}` };
    },
    rewrite: ({ ingress }, path) =>
        rewritesOf(annotation(ingress, `${DIALECT}/path-rewrite`)).reduce(replacePath, path),
    // timeout-tunnel takes over once a websocket is open: an hour, unless the controller's ConfigMap says otherwise.
    idleSeconds: (ingress) => Math.min(3600, seconds(annotation(ingress, `${DIALECT}/timeout-server`))),
});

interface Rewrite {
    readonly match: string;
    readonly format: string;
}

/** HAProxy's replace-path: when the expression is found, the whole path becomes the format with its groups. */
export function replacePath(path: string, { match, format }: Rewrite): string {
    const groups = new RegExp(match).exec(path);
    return groups === null ? path : format.replace(/\\([0-9])/g, (_, group: string) => groups[Number(group)] ?? "");
}

function rewritesOf(text: string | undefined): Rewrite[] {
    return (text ?? "")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => {
            const [match = "", format, ...more] = line.split(/\s+/);
            if (more.length > 0) throw new Error(`path-rewrite takes one or two words: ${line}`);
            return format === undefined ? { match: "(.*)", format: match } : { match, format };
        });
}
