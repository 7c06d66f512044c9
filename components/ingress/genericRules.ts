import { issue, type Issue } from "../fields/issue";
import { ifReadable } from "../fields/readable";
import { hasCertificate, LISTEN_PORTS, secretIssue, servesTls } from "./albListeners";
import { ALB_OF_AWS, ALB_OF_SERVICES, ALB_PREFIX, GROUP } from "./annotationNames/alb";
import { secretSetting, type SharedConfig } from "./fields";
import { GCE_CLASSES } from "./gce";
import { givenAnnotations } from "./givenAnnotations";

/** The IngressClasses of OpenShift's router (pkg/operator/controller/names.go of openshift/cluster-ingress-operator). */
export const ROUTER_CLASS = /^openshift-/;

/** The usual classes of Istio. */
const ISTIO_CLASS = /^istio(-|$)/;

/** What an Ingress says about its controller. */
interface Signs {
    readonly classes: RegExp;
    /** Its annotations. They tell the controller of an Ingress without a class. */
    readonly annotations?: RegExp;
}

/** IsGCEIngress in pkg/utils/utils.go of kubernetes/ingress-gce */
const GKE: Signs = {
    classes: new RegExp(`^(${GCE_CLASSES.join("|")})$`),
    annotations: /^(networking\.gke\.io\/|ingress\.gcp\.kubernetes\.io\/|kubernetes\.io\/ingress\.global-)/,
};

/** A controller that does not serve https for an Ingress whose TLS names no Secret. */
interface NeedsSecret extends Signs {
    /** Annotation that names a certificate in place of the Secret. */
    readonly certificate?: string;
    /** What the controller does, and what to do. */
    readonly message: string;
}

const NEED_SECRET: readonly NeedsSecret[] = [
    // tlsSecretIfValid in pkg/route/ingress/ingress.go of openshift/route-controller-manager
    {
        classes: ROUTER_CLASS,
        message:
            "OpenShift creates no Route for an Ingress whose TLS names no Secret. Set keep:ingress.kind to openshift, or name a certificate in keep:ingress.tls.secretName",
    },
    // computeSecureVirtualhosts in internal/dag/ingress_processor.go of projectcontour/contour
    {
        classes: /(^|-)contour(-|$)/,
        annotations: /^projectcontour\.io\//,
        message:
            "Contour opens no https for an Ingress whose TLS names no Secret. Name the certificate in keep:ingress.tls.secretName. For a Secret in another namespace, also set projectcontour.io/tls-cert-namespace in keep:ingress.annotations, and create a TLSCertificateDelegation there",
    },
    // pilot/pkg/config/kube/ingress/gateways.go of istio/istio
    {
        classes: ISTIO_CLASS,
        message:
            "Istio opens no https for an Ingress whose TLS names no Secret. Set keep:ingress.tls.secretName to a Secret in the namespace of Istio's gateway, or set keep:ingress.kind to gateway",
    },
    // pkg/appgw/ingress_rules.go of Azure/application-gateway-kubernetes-ingress
    {
        classes: /^azure[-/]application-gateway$/,
        annotations: /^appgw\.ingress\.kubernetes\.io\//,
        certificate: "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
        message:
            "Application Gateway opens no https for an Ingress whose TLS names no Secret. Set appgw.ingress.kubernetes.io/appgw-ssl-certificate in keep:ingress.annotations to a certificate of the gateway, or name a Secret in keep:ingress.tls.secretName",
    },
    // secrets in pkg/translator/translator.go of kubernetes/ingress-gce
    {
        ...GKE,
        message:
            "GKE creates no load balancer for an Ingress whose TLS names no Secret. With an annotation that names a certificate, set keep:ingress.tls.terminatedOutside instead; or name a Secret in keep:ingress.tls.secretName",
    },
];

/** The annotation that names the class of an Ingress in place of its spec.ingressClassName. */
export const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** Prefix of the annotations of octavia-ingress-controller. */
const OCTAVIA = "octavia.ingress.kubernetes.io/";

/** What the functions here read of an ingress. */
interface GenericSettings extends SharedConfig {
    readonly className?: string;
}

/** Issues of settings of the kind `generic` with which a controller that has a kind of its own would not serve Keep. */
export function genericIssues(config: GenericSettings): (Issue | false)[] {
    const className = ifReadable(() => config.className) ?? "";
    return [
        GCE_CLASSES.includes(className) &&
            issue(
                "ingress.className",
                "is a class of GKE, whose controller ignores every Ingress that names its class in this field. Set keep:ingress.kind to gce",
                { value: className },
            ),
        ...defaultCertificateIssues(config),
        istioIssue(config),
        // IsValid in pkg/ingress/controller/controller.go of kubernetes/cloud-provider-openstack
        hasOf(config, OCTAVIA) &&
            config.annotations[CLASS_ANNOTATION] === undefined &&
            issue(
                ["ingress", "annotations", CLASS_ANNOTATION],
                "is missing, and octavia-ingress-controller ignores every Ingress without it. Set it to openstack, in place of keep:ingress.className",
            ),
        ...(hasOf(config, `${ALB_PREFIX}/`) ? [portIssue(config), ...groupIssues(config)] : []),
        Object.keys(config.annotations).some((name) => ALB_OF_AWS.test(name)) &&
            !hasCertificate(config.annotations) &&
            secretIssue(config.tls, `${ALB_PREFIX}/certificate-arn in keep:ingress.annotations`),
    ];
}

/** The class of an Ingress and its setting; undefined if a program gives it as an Output, and empty if there is none. */
function classOf(config: GenericSettings): { readonly value: string; readonly place: string } | undefined {
    return ifReadable(() => {
        const { annotations, className } = config;
        return className === undefined
            ? { value: annotations[CLASS_ANNOTATION] ?? "", place: `keep:ingress.annotations.${CLASS_ANNOTATION}` }
            : { value: className, place: "keep:ingress.className" };
    });
}

/** What says that a controller reads an Ingress, in words: its class, or an annotation of one without a class. */
function signOf(config: GenericSettings, { annotations, classes }: Signs): string | undefined {
    const { value, place } = classOf(config) ?? {};
    if (value === "") {
        const own = namesIn(config).find((name) => annotations?.test(name));
        return own && `the annotation ${own}`;
    }
    return value !== undefined && classes.test(value) ? `${place} (${value})` : undefined;
}

function namesIn(config: GenericSettings): string[] {
    return givenAnnotations(config).flatMap(({ values }) => Object.keys(values));
}

function hasOf(config: GenericSettings, prefix: string): boolean {
    return namesIn(config).some((name) => name.startsWith(prefix));
}

/** Whether the kind, the class or the annotations of an ingress say that GKE's controller reads it. */
export function isOfGke(config: GenericSettings & { readonly kind: string }): boolean {
    return config.kind === "gce" || (config.kind === "generic" && signOf(config, GKE) !== undefined);
}

/** Whether the class or an annotation of an ingress says that AWS Load Balancer Controller may read it. */
export function isOfAlb(config: GenericSettings): boolean {
    return /(^|[^a-z])alb([^a-z]|$)/.test(classOf(config)?.value ?? "") || hasOf(config, `${ALB_PREFIX}/`);
}

/** Issues of the default certificate of a controller that needs a Secret. */
function defaultCertificateIssues(config: GenericSettings): Issue[] {
    return config.tls?.defaultCertificate === true
        ? NEED_SECRET.flatMap(({ certificate, message, ...signs }) => {
              const sign = signOf(config, signs);
              return sign === undefined || (certificate !== undefined && namesIn(config).includes(certificate))
                  ? []
                  : [issue("ingress.tls.defaultCertificate", `does not fit ${sign}: ${message}`, { value: true })];
          })
        : [];
}

/**
 * The issue of a certificate that cert-manager would write into Keep's namespace, where Istio does not read it
 * (ParseResourceName in pilot/pkg/model/credentials/resource.go;
 * https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/).
 */
function istioIssue(config: GenericSettings): Issue | false {
    const issuer = config.tls && secretSetting({ ...config.tls, secretName: undefined });
    return (
        issuer !== undefined &&
        ISTIO_CLASS.test(classOf(config)?.value ?? "") &&
        issue(
            issuer.path,
            "writes the certificate into Keep's namespace, but Istio reads it from the namespace of its gateway. Create a Certificate there and name its Secret in keep:ingress.tls.secretName, or set keep:ingress.kind to gateway",
            { value: issuer.value },
        )
    );
}

/**
 * The issue of a load balancer of AWS without a port for https. Certificates in Secrets do not open one, and those of
 * an IngressClassParams are not known here (computeIngressListenPorts in pkg/ingress/model_build_listener.go).
 */
function portIssue({ annotations, tls }: SharedConfig): Issue | false {
    const { [LISTEN_PORTS]: value } = annotations;
    return (
        tls?.terminatedOutside === false &&
        !servesTls(annotations) &&
        issue(
            ["ingress", "annotations", LISTEN_PORTS],
            `${value === undefined ? "is missing, so the load balancer may listen on port 80 alone" : "has no port for https"}, but keep:ingress.tls is set. Set it to [{"HTTPS":443}], also where the IngressClass names the certificate; or set terminatedOutside in keep:ingress.tls`,
            value === undefined ? {} : { value },
        )
    );
}

/**
 * Issues of annotations of one tier, which is then an Ingress of its own. Without a group, each Ingress has a load
 * balancer of its own (loadGroupID in pkg/ingress/group_loader.go), and the host leads to one of them.
 */
function groupIssues({ annotations, tierAnnotations }: SharedConfig): Issue[] {
    return Object.entries(tierAnnotations).flatMap(([tier, values]) =>
        Object.entries(values)
            .filter(() => annotations[GROUP] === undefined)
            .map(([name, value]) => {
                const place = ALB_OF_SERVICES.test(name)
                    ? `keep:${tier}.service.annotations`
                    : "keep:ingress.annotations";
                return issue(
                    ["ingress", "tierAnnotations", tier, name],
                    `creates a second Ingress, which gets a load balancer of its own from AWS's controller without a group, and the host leads to one of the two. Move it to ${place}, or set ${GROUP} in keep:ingress.annotations, also where the IngressClass names the group`,
                    { value },
                );
            }),
    );
}
