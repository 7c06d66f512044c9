import { annotation, type Ingress, ingresses, type Manifests } from "../../ingress/models/model";
import type { Stubs } from "../stubs";

/** Configuration of a real NGINX for one kind's Ingress objects. */
export type NginxDialect = (manifests: Manifests, stubs: Stubs) => string;

const UPGRADE = [
    "proxy_http_version 1.1;",
    "proxy_set_header Host $host;",
    "proxy_set_header Upgrade $http_upgrade;",
    "proxy_set_header Connection $connection_upgrade;",
].join(" ");

/** The locations that ingress-nginx writes for use-regex and rewrite-target (its nginx.tmpl and template.go). */
export const ingressNginx: NginxDialect = (manifests, stubs) =>
    servers(ingresses(manifests), (ingress, rule) =>
        [...rule.http.paths]
            .sort((a, b) => b.path.length - a.path.length)
            .map(({ path, backend }) => {
                const target = annotation(ingress, "nginx.ingress.kubernetes.io/rewrite-target") ?? "";
                const upstream = `http://${stubs.address(backend.service.name)}`;
                return `location ~* "^${path}" { rewrite "(?i)${path}" ${target} break; ${UPGRADE} proxy_pass ${upstream}; }`;
            }),
    );

/** The locations that F5's controller writes for nginx.org/rewrites and nginx.org/websocket-services (its nginx.ingress.tmpl). */
export const f5: NginxDialect = (manifests, stubs) =>
    servers(ingresses(manifests), (ingress, rule) => {
        const rewrites = new Map(
            (annotation(ingress, "nginx.org/rewrites") ?? "")
                .split(";")
                .map((part) => /^serviceName=(\S+) rewrite=(\S+)$/.exec(part))
                .map((match) => [match?.[1], match?.[2]]),
        );
        const websockets = (annotation(ingress, "nginx.org/websocket-services") ?? "").split(",");
        return rule.http.paths.map(({ path, pathType, backend }) => {
            const { name } = backend.service;
            const headers = websockets.includes(name)
                ? UPGRADE
                : "proxy_http_version 1.1; proxy_set_header Host $host;";
            const location = pathType === "Exact" ? `= ${path}` : path;
            return `location ${location} { ${headers} proxy_pass http://${stubs.address(name)}${rewrites.get(name) ?? ""}; }`;
        });
    });

type Rule = Ingress["spec"]["rules"][number];

function servers(objects: readonly Ingress[], locations: (ingress: Ingress, rule: Rule) => string[]): string {
    return objects
        .flatMap((ingress) =>
            ingress.spec.rules.map(
                (rule) =>
                    `server { listen 127.0.0.1:PORT; server_name ${rule.host};\n${locations(ingress, rule).join("\n")}\n}`,
            ),
        )
        .join("\n");
}

/** A whole nginx.conf that writes nowhere but into its folder. */
export function nginxConf(http: string, port: number, folder: string): string {
    const own = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(" ");
    return `daemon off; pid ${folder}/nginx.pid; error_log stderr;
events {}
http {
access_log off; ${own}
map $http_upgrade $connection_upgrade { default upgrade; '' close; }
server { listen 127.0.0.1:${port} default_server; return 404; }
${http.replaceAll("PORT", String(port))}
}
`;
}
