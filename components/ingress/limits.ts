import type { EdgeConfig } from "./settings";
import { issue, type Issue } from "../fields/issue";

/** Settings that some edges have no way to honour. */
type Optional = "hsts" | "maxBodyMegabytes";

/** Why a kind cannot honour a setting, and the way out: a setting that did nothing would be worse than a refused one. */
const CANNOT: Readonly<Partial<Record<EdgeConfig["kind"], Partial<Record<Optional, string>>>>> = {
    nginx: {
        hsts: "is the whole controller's in ingress-nginx. Remove it, and set hsts in the controller's ConfigMap",
    },
    haproxy: { maxBodyMegabytes: "has no option in this controller. Remove it" },
    traefik: {
        maxBodyMegabytes:
            "would make Traefik hold whole requests back. Remove it, and limit bodies at the entry point or in front of it",
    },
    gateway: { maxBodyMegabytes: "is not in the Gateway API. Remove it, and use a policy of your implementation" },
    openshift: { maxBodyMegabytes: "has no option in Routes. Remove it" },
    alb: { maxBodyMegabytes: "has no option in AWS load balancers. Remove it" },
    gce: { maxBodyMegabytes: "has no option in Google's load balancers. Remove it" },
    generic: {
        hsts: "has no plain Ingress field. Set keep:ingress.annotations as your controller wants it, or name its kind",
        maxBodyMegabytes:
            "has no plain Ingress field. Set keep:ingress.annotations as your controller wants it, or name its kind",
    },
};

/** What an edge cannot do with the settings it is given. */
export function edgeProblems(ingress: EdgeConfig): (Issue | false)[] {
    const { kind, hsts, tls } = ingress;
    return [
        ...(["hsts", "maxBodyMegabytes"] as const).map((name) => {
            const message = ingress[name] === undefined ? undefined : CANNOT[kind]?.[name];
            return message !== undefined && issue(`ingress.${name}`, message);
        }),
        hsts !== undefined &&
            tls === undefined &&
            issue(
                "ingress.hsts",
                "is given, but keep:publicUrl is http, where browsers ignore it. Remove it, or begin keep:publicUrl with https",
            ),
        ...(kind === "alb" ? loadBalancerProblems(ingress) : []),
        ...(kind === "gateway" ? gatewayProblems(ingress) : []),
        kind === "f5-nginx" &&
            hsts?.preload === false &&
            issue(
                "ingress.hsts.preload",
                "cannot be off: this controller always adds preload. Set it to true if you consent to it, or remove keep:ingress.hsts",
                { value: false },
            ),
    ];
}

/** The setting that puts the certificate into a Secret, if one does. */
function inSecret(tls: EdgeConfig["tls"]): { readonly path: string; readonly value: unknown } | undefined {
    const name = (["secretName", "issuer", "clusterIssuer"] as const).find((given) => tls?.[given] !== undefined);
    return name === undefined ? undefined : { path: `ingress.tls.${name}`, value: tls?.[name] };
}

function loadBalancerProblems({ certificateArn, tls }: Extract<EdgeConfig, { kind: "alb" }>): (Issue | false)[] {
    const secret = inSecret(tls);
    return [
        secret !== undefined &&
            issue(
                secret.path,
                "cannot be used by an AWS load balancer, which takes certificates from AWS Certificate Manager only. Set keep:ingress.tls.defaultCertificate to true, and keep:ingress.certificateArn if AWS cannot find the certificate by name",
                { value: secret.value },
            ),
        certificateArn !== undefined &&
            tls?.defaultCertificate !== true &&
            issue(
                "ingress.certificateArn",
                "is used for https that ends here only. Set keep:ingress.tls.defaultCertificate to true and begin keep:publicUrl with https, or remove it",
            ),
    ];
}

function gatewayProblems({ parentRef, className, tls }: Extract<EdgeConfig, { kind: "gateway" }>): (Issue | false)[] {
    const secret = inSecret(tls);
    return [
        parentRef !== undefined &&
            secret !== undefined &&
            issue(
                secret.path,
                "cannot be given to a Gateway that is not ours: its listener names the certificate. Set keep:ingress.tls.defaultCertificate to true, or use keep:ingress.className for a Gateway of our own",
                { value: secret.value },
            ),
        className !== undefined &&
            tls?.defaultCertificate === true &&
            issue(
                "ingress.tls.defaultCertificate",
                "does not exist in the Gateway API: a listener names its certificate. Give secretName, issuer or clusterIssuer",
                { value: true },
            ),
        (parentRef === undefined) === (className === undefined) &&
            issue(
                "ingress",
                `${parentRef === undefined ? "names no Gateway" : "names two Gateways"}. Give either parentRef, for a Gateway that exists, or className, for one of our own`,
            ),
        parentRef?.redirectSection !== undefined &&
            (parentRef.sectionName === undefined || tls === undefined || tls.terminatedOutside) &&
            issue(
                "ingress.parentRef.redirectSection",
                "has nowhere to redirect to. Name the https listener in keep:ingress.parentRef.sectionName and begin keep:publicUrl with https, or remove it",
                { value: parentRef.redirectSection },
            ),
    ];
}
