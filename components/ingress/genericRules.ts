import { issue, type Issue } from "../fields/issue";
import { ifReadable } from "../fields/readable";
import { ignoredListIssues } from "./alb";
import { LISTEN_PORTS, servesTls } from "./albListeners";
import { ALB_OF_SERVICES, ALB_PREFIX } from "./annotationNames/alb";
import type { SharedConfig } from "./fields";
import { GCE_CLASSES } from "./gce";
import { givenAnnotations } from "./givenAnnotations";

const GROUP = `${ALB_PREFIX}/group.name`;

/** Prefix of the IngressClasses of OpenShift's router (pkg/operator/controller/names.go of openshift/cluster-ingress-operator). */
export const ROUTER_CLASS = "openshift-";

/** The annotation that names the class of an Ingress in place of its spec.ingressClassName. */
export const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** Prefix of the annotations of octavia-ingress-controller. */
const OCTAVIA = "octavia.ingress.kubernetes.io/";

/** What the functions here read of the kind `generic`. */
interface GenericSettings extends SharedConfig {
    readonly className?: string;
}

/** Issues of settings of the kind `generic` with which a controller that has a kind of its own would not serve Keep. */
export function genericIssues(config: GenericSettings): (Issue | false)[] {
    const className = ifReadable(() => config.className) ?? "";
    const hasOf = (prefix: string) =>
        givenAnnotations(config).some(({ values }) => Object.keys(values).some((name) => name.startsWith(prefix)));
    return [
        GCE_CLASSES.includes(className) &&
            issue(
                "ingress.className",
                "is a class of GKE, whose controller ignores every Ingress that names its class in this field. Set keep:ingress.kind to gce",
                { value: className },
            ),
        // tlsSecretIfValid in pkg/route/ingress/ingress.go of openshift/route-controller-manager
        className.startsWith(ROUTER_CLASS) &&
            config.tls?.defaultCertificate === true &&
            issue(
                "ingress.tls.defaultCertificate",
                `does not fit keep:ingress.className (${className}): OpenShift creates no Route for an Ingress whose TLS names no Secret. Set keep:ingress.kind to openshift, or name a certificate in keep:ingress.tls.secretName`,
                { value: true },
            ),
        // IsValid in pkg/ingress/controller/controller.go of kubernetes/cloud-provider-openstack
        hasOf(OCTAVIA) &&
            config.annotations[CLASS_ANNOTATION] === undefined &&
            issue(
                ["ingress", "annotations", CLASS_ANNOTATION],
                "is missing, and octavia-ingress-controller ignores every Ingress without it. Set it to openstack, in place of keep:ingress.className",
            ),
        ...(hasOf(`${ALB_PREFIX}/`) ? [...ignoredListIssues(config), portIssue(config), ...groupIssues(config)] : []),
    ];
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
