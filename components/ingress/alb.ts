import * as z from "zod";

import { choice } from "../fields/choice";
import { input } from "../fields/input";
import { count, oneOf } from "../fields/vocabulary";
import { ALB, ALB_ACCESS, ALB_OF_SERVICES, ALB_PREFIX } from "./annotationNames/alb";
import { hstsHeader, ingressFields, type SharedConfig } from "./fields";
import { escapeRegExp, ingressObject, prefixPath } from "./ingressObject";
import { issue } from "../fields/issue";
import { ingressKind } from "./kind";
import type { PathRule } from "./paths";
import { onlyReadableLists } from "./accessLists";
import { healthAnnotations, healthPortFault } from "./albHealth";
import { clientCertificateFault, LISTEN_PORTS, secretIssue, SSL_REDIRECT, terminatesTls } from "./albListeners";
import { type AnnotationPlace, firstFault, onlyPlainHttp } from "./protocols";

const protocolFault = onlyPlainHttp({
    [`${ALB_PREFIX}/backend-protocol`]: /^http$/i,
    [`${ALB_PREFIX}/backend-protocol-version`]: /^http1$/i,
    [`${ALB_PREFIX}/healthcheck-protocol`]: /^http$/i,
});

/** Certificates that listeners take, of AWS Certificate Manager or of IAM; the controller takes several. */
const CERTIFICATE =
    /^arn:[\w-]+:(acm:[\w-]+:[0-9]{12}:certificate\/[\w-]+|iam::[0-9]{12}:server-certificate\/[\w+=.@/-]+)$/;

/**
 * One Ingress. The load balancer routes directly to pods, and rewrites paths by Service (transforms, since 2.14.1;
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/).
 */
export const alb = ingressKind({
    kind: "alb",
    type: "keep:ingress:AlbIngress",
    description: "AWS Load Balancer Controller 2.14.1 or later",
    rewritesPaths: true,
    decodesPaths: false,
    fields: {
        ...ingressFields,
        scheme: choice({ internal: "private addresses", "internet-facing": "public addresses" })
            .default("internal")
            .describe("addresses of the load balancer"),
        certificateArn: input(
            z.string().refine((text) => text.split(",").every((one) => CERTIFICATE.test(one.trim())), {
                error: "is not the ARN of a certificate. Copy it from AWS Certificate Manager, such as arn:aws:acm:eu-west-1:111122223333:certificate/example",
            }),
        )
            .optional()
            .describe("certificate of AWS Certificate Manager; default: AWS finds it by the host names"),
        timeoutSeconds: count(120, 4000)
            .default(3600)
            .describe("how long an idle websocket is kept open; 4000, AWS's limit, at most"),
    },
    supports: {
        hsts: true,
        maxBodyMegabytes: "has no option in AWS load balancers. Remove it",
        tierAnnotations: true,
    },
    reads: { [`${ALB_PREFIX}/`]: ALB },
    access: ALB_ACCESS,
    managedAnnotations: {
        [`${ALB_PREFIX}/scheme`]: "keep:ingress.scheme",
        [`${ALB_PREFIX}/target-type`]: "the program, which sends requests to pods",
        [LISTEN_PORTS]: "keep:ingress.tls",
        [SSL_REDIRECT]: "keep:ingress.tls",
        [`${ALB_PREFIX}/certificate-arn`]: "keep:ingress.certificateArn",
        [`${ALB_PREFIX}/transforms.*`]: "keep:ingress.backendPrefix",
    },
    readsServices: ALB_OF_SERVICES,
    terminatesTls,
    annotationFault: firstFault(
        healthPortFault,
        protocolFault,
        backendFault,
        onlyReadableLists({ names: /\/inbound-cidrs$/, separator: ",", onlyRanges: true }),
        (name, value, { annotations }) =>
            name === `${ALB_PREFIX}/mutual-authentication` ? clientCertificateFault(value, annotations) : undefined,
    ),
    rules: ({ certificateArn, tls }) => [
        secretIssue(tls, "keep:ingress.certificateArn"),
        certificateArn !== undefined &&
            tls?.defaultCertificate !== true &&
            issue(
                "ingress.certificateArn",
                "applies only where the load balancer terminates TLS. Set keep:ingress.tls.defaultCertificate to true and begin keep:publicUrl with https, or remove it",
            ),
    ],
    tierAnnotationsOnServices: true,
    serviceNeeds: (tier, endpoint, { tierAnnotations }) => ({
        annotations: { ...healthAnnotations(endpoint), ...tierAnnotations[tier] },
    }),
    objects: (context) => {
        const { config, encrypted, rules } = context;
        const { certificateArn, className = "alb" } = config;
        const annotations = {
            [`${ALB_PREFIX}/target-type`]: "ip",
            ...Object.fromEntries(balancerAnnotations(config, encrypted).map(({ name, value }) => [name, value])),
            ...(certificateArn === undefined ? {} : { [`${ALB_PREFIX}/certificate-arn`]: certificateArn }),
            ...Object.fromEntries(rules.filter(({ strip }) => strip).map(transform)),
        };
        const joined = { [`${ALB_PREFIX}/load-balancer-attributes`]: ",", [headerAttributes(encrypted)]: "," };
        return [ingressObject(context, { className, rules, paths: prefixPath, annotations, joined })];
    },
    documentation: {
        objects: "one Ingress",
        recipe: {
            scheme: "internet-facing",
            tls: { defaultCertificate: true },
            certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/example",
        },
        notes: `Set \`scheme: internet-facing\` to expose Keep to the internet. Without it, the load balancer is internal. Use a certificate of AWS Certificate
Manager: the load balancer cannot use certificates in Secrets, such as those of cert-manager. Without \`certificateArn\`, AWS chooses the certificate by the
host names.

Two ingresses with the same annotation \`alb.ingress.kubernetes.io/group.name\` share a load balancer. Give both the same \`tls\`, \`scheme\`, \`timeoutSeconds\`
and \`hsts\`, and the same value of each annotation that AWS's documentation calls *Exclusive*.

The controller must have version 2.14.1 or later to rewrite paths. EKS Auto Mode may have an earlier one. There, use the kind \`generic\`:

\`\`\`yaml
config:
    keep:publicUrl: https://keep.example.com
    keep:ingress:
        kind: generic
        className: alb
        tls:
            defaultCertificate: true
        annotations:
            alb.ingress.kubernetes.io/scheme: internet-facing
            alb.ingress.kubernetes.io/target-type: ip
            alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS":443}]'
            alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=3600
\`\`\`

The program sets the health check of each tier if the class or an annotation contains \`alb\`. The API is at \`/backend\`. For annotations of
one tier, use \`service.annotations\` of the tier, because a second Ingress without a group gets a load balancer of its own. EKS Auto Mode reads
the group from the IngressClassParams alone.

The load balancer sends requests from its subnets. With network policies, add their ranges to \`keep:networkPolicy.edge\`, such as
\`[{ cidr: 10.0.0.0/16 }]\`.`,
    },
});

/**
 * The message for an annotation of a backend that the Ingress does not have. Conditions belong to a Service by its name,
 * and actions only to a backend with the port `use-annotation` (pkg/ingress/enhanced_backend_builder.go).
 */
function backendFault(name: string, _value: string, { serviceNames }: AnnotationPlace): string | undefined {
    const [, kind, backend = ""] = BACKEND.exec(name) ?? [];
    if (kind === "actions") {
        return "has no effect, because all paths of Keep lead to Services. Remove it";
    }
    return kind === "conditions" && !serviceNames.includes(backend)
        ? `names no Service of this Ingress, so it would keep nobody out. Use ${ALB_PREFIX}/conditions. with ${oneOf(serviceNames)}`
        : undefined;
}

const BACKEND = /\/(actions|conditions)\.(.*)$/;

/** An annotation that the program writes, and the setting that it is from. */
interface WrittenAnnotation {
    readonly setting: "hsts" | "scheme" | "timeoutSeconds" | "tls";
    readonly name: string;
    readonly value: string;
}

/** The annotations that the program writes for a whole load balancer, which all Ingresses of a group have in common. */
export function balancerAnnotations(
    { hsts, scheme, timeoutSeconds }: Pick<SharedConfig, "hsts" | "timeoutSeconds"> & { readonly scheme: string },
    encrypted: boolean,
): WrittenAnnotation[] {
    const attributes = `idle_timeout.timeout_seconds=${timeoutSeconds}`;
    const ports = JSON.stringify(encrypted ? [{ HTTP: 80 }, { HTTPS: 443 }] : [{ HTTP: 80 }]);
    const header = hsts && `routing.http.response.strict_transport_security.header_value=${hstsHeader(hsts)}`;
    return [
        { setting: "scheme", name: `${ALB_PREFIX}/scheme`, value: scheme },
        { setting: "timeoutSeconds", name: `${ALB_PREFIX}/load-balancer-attributes`, value: attributes },
        { setting: "tls", name: LISTEN_PORTS, value: ports },
        ...(encrypted ? [{ setting: "tls" as const, name: SSL_REDIRECT, value: "443" }] : []),
        ...(header === undefined
            ? []
            : [{ setting: "hsts" as const, name: headerAttributes(encrypted), value: header }]),
    ];
}

/** The annotation with the attributes of the listener that serves Keep, such as its header for HSTS. */
function headerAttributes(encrypted: boolean): string {
    return `${ALB_PREFIX}/listener-attributes.${encrypted ? "HTTPS-443" : "HTTP-80"}`;
}

function transform({ prefix, endpoint }: PathRule): [string, string] {
    const rewrites = [{ regex: `^${escapeRegExp(prefix)}/?(.*)$`, replace: "/$1" }];
    return [
        `${ALB_PREFIX}/transforms.${endpoint.service}`,
        JSON.stringify([{ type: "url-rewrite", urlRewriteConfig: { rewrites } }]),
    ];
}
