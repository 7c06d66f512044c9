import { annotation, hasTls, type Ingress, ingresses, type Manifests } from "../../ingress/models/model";
import type { Ports } from "../proxy";
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
    servers(ingresses(manifests), redirectByForce, (ingress, rule) =>
        [...rule.http.paths]
            .sort((a, b) => b.path.length - a.path.length)
            .map(({ path, backend }) => {
                const target = annotation(ingress, "nginx.ingress.kubernetes.io/rewrite-target") ?? "";
                const upstream = `http://${stubs.address(backend.service.name)}`;
                return `location ~* "^${path}" { rewrite "(?i)${path}" ${target} break; ${UPGRADE} proxy_pass ${upstream}; }`;
            }),
    );

/** What its rewrite.lua does with force-ssl-redirect. */
function redirectByForce(ingress: Ingress): string[] {
    return annotation(ingress, "nginx.ingress.kubernetes.io/force-ssl-redirect") === "true"
        ? ["if ($scheme = http) { return 308 https://$host$request_uri; }"]
        : [];
}

/** What F5's controller writes for nginx.org/rewrites, nginx.org/websocket-services and nginx.org/hsts (its nginx.ingress.tmpl). */
export const f5: NginxDialect = (manifests, stubs) =>
    servers(ingresses(manifests), redirectAndHsts, (ingress, rule) => {
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

/** The same template: it redirects whatever has TLS, and always adds preload. */
function redirectAndHsts(ingress: Ingress): string[] {
    if (!hasTls(ingress)) return [];
    const redirect = "if ($scheme = http) { return 301 https://$host:443$request_uri; }";
    if (annotation(ingress, "nginx.org/hsts") !== "true") return [redirect];
    const age = annotation(ingress, "nginx.org/hsts-max-age") ?? "2592000";
    const below = annotation(ingress, "nginx.org/hsts-include-subdomains") === "true" ? "includeSubDomains; " : "";
    return [
        'set $hsts "";',
        `if ($https = on) { set $hsts "max-age=${age}; ${below}preload"; }`,
        'add_header Strict-Transport-Security "$hsts" always;',
        redirect,
    ];
}

type Rule = Ingress["spec"]["rules"][number];

function servers(
    objects: readonly Ingress[],
    settings: (ingress: Ingress) => string[],
    locations: (ingress: Ingress, rule: Rule) => string[],
): string {
    return objects
        .flatMap((ingress) =>
            ingress.spec.rules.map((rule) => {
                const listens = hasTls(ingress) ? "LISTEN_PLAIN LISTEN_TLS" : "LISTEN_PLAIN";
                const lines = [...settings(ingress), ...locations(ingress, rule)].join("\n");
                return `server { ${listens} server_name ${rule.host};\n${lines}\n}`;
            }),
        )
        .join("\n");
}

/** A whole nginx.conf that writes nowhere but into its folder, where the certificate is. */
export function nginxConf(http: string, ports: Ports, folder: string): string {
    const certificate = `ssl_certificate ${folder}/certificate.pem; ssl_certificate_key ${folder}/key.pem;`;
    const own = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(" ");
    return `daemon off; pid ${folder}/nginx.pid; error_log stderr;
events {}
http {
access_log off; ${own}
map $http_upgrade $connection_upgrade { default upgrade; '' close; }
server { listen 127.0.0.1:${ports.http} default_server; return 404; }
${http
    .replaceAll("LISTEN_PLAIN", `listen 127.0.0.1:${ports.http};`)
    .replaceAll("LISTEN_TLS", `listen 127.0.0.1:${ports.https} ssl; ${certificate}`)}
}
`;
}
