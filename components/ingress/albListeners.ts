import * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import { ALB_PREFIX } from "./annotationNames/alb";
import { secretSetting, type TlsConfig } from "./fields";
import { parsedJson } from "./json";

/** Annotation with the ports of the load balancer. */
export const LISTEN_PORTS = `${ALB_PREFIX}/listen-ports`;

/** Annotation that makes a load balancer redirect all http requests to a port for https. */
export const SSL_REDIRECT = `${ALB_PREFIX}/ssl-redirect`;

type Annotations = Readonly<Record<string, string>>;

const listenPorts = z.array(z.record(z.enum(["HTTP", "HTTPS"]), z.number().optional()));

const certificates = z.array(
    z.looseObject({
        port: z.number(),
        mode: z.enum(["off", "passthrough", "verify"]),
        trustStore: z.string().optional(),
    }),
);

/** The ports that annotations make the load balancer listen on (computeIngressListenPorts in model_build_listener.go). */
function portsOf({ [LISTEN_PORTS]: ports }: Annotations) {
    return ports === undefined ? undefined : parsedJson(listenPorts, ports);
}

/** The ports that annotations make the load balancer listen on: all of them, and those for https. */
export function listenersOf(annotations: Annotations): { readonly all: number[]; readonly secure: number[] } {
    const ports = portsOf(annotations) ?? [hasCertificate(annotations) ? { HTTPS: 443 } : { HTTP: 80 }];
    const secure = ports.flatMap(({ HTTPS }) => HTTPS ?? []);
    return { all: [...secure, ...ports.flatMap(({ HTTP }) => HTTP ?? [])], secure };
}

/** What annotations make the load balancer ask of clients' certificates, by the port; empty if it cannot be read. */
export function clientCertificatesOf(value: string): ReadonlyMap<number, string> {
    const entries = parsedJson(certificates, value) ?? [];
    return new Map(entries.map(({ port, ...rest }) => [port, JSON.stringify(Object.entries(rest).sort())]));
}

/** Whether annotations name a certificate, or make the controller create one. */
export function hasCertificate(annotations: Annotations): boolean {
    const { [`${ALB_PREFIX}/certificate-arn`]: certificate, [`${ALB_PREFIX}/create-acm-cert`]: created } = annotations;
    return certificate !== undefined || created === "true";
}

/** Whether annotations make the load balancer listen by TLS. Certificates alone open port 443 instead of 80. */
export function servesTls(annotations: Annotations): boolean {
    return portsOf(annotations)?.some(({ HTTPS }) => HTTPS !== undefined) ?? hasCertificate(annotations);
}

/**
 * The issue of a certificate in a Secret, which AWS Load Balancer Controller never reads: buildCertificates in
 * pkg/gateway/model/model_build_listener.go, and pkg/ingress/model_build_listener.go.
 * @param place where to name a certificate that AWS does not find by the host names
 */
export function secretIssue(tls: TlsConfig | undefined, place: string): Issue | false {
    const secret = secretSetting(tls);
    return (
        secret !== undefined &&
        issue(
            secret.path,
            `cannot be used by an AWS load balancer, which takes certificates from AWS Certificate Manager only. Set keep:ingress.tls.defaultCertificate to true, and ${place} if AWS cannot find the certificate by name`,
            { value: secret.value },
        )
    );
}

/** Whether annotations make the load balancer serve Keep by TLS alone, where the program does not set its ports. */
export function terminatesTls(annotations: Annotations): true | string {
    const redirects = annotations[SSL_REDIRECT] !== undefined;
    const isSafe =
        servesTls(annotations) && (redirects || portsOf(annotations)?.some(({ HTTP }) => HTTP !== undefined) !== true);
    return isSafe || `Set ${LISTEN_PORTS} to [{"HTTPS":443}]`;
}

/** The message for client certificates that the load balancer would not ask for. */
export function clientCertificateFault(value: string, annotations: Annotations): string | undefined {
    const entries = parsedJson(certificates, value);
    const secure = portsOf(annotations)?.flatMap(({ HTTPS }) => HTTPS ?? []) ?? [443];
    if (entries === undefined || entries.length === 0) {
        return 'is no list that the controller can read. Write it as [{"port":443,"mode":"verify","trustStore":"<name>"}]';
    }
    const missing = secure.find((port) => !entries.some((entry) => entry.port === port));
    return missing === undefined
        ? undefined
        : `has no entry for port ${missing}, on which the load balancer listens, and nobody would be asked for a certificate there. Add one with this port`;
}
