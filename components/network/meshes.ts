import { type ComponentName, componentsWith } from "../component";
import type { Peer, PortedPeer } from "../fields/peer";
import type { NetworkPolicyConfig } from "./settings";

/** What the proxies of a service mesh need. */
export interface Mesh {
    /** Peers of its control plane, to which all proxies connect; undefined if policies do not support the mesh. */
    readonly controlPlane?: readonly PortedPeer[];
    /** Port at which the proxy of a pod takes connections of other proxies, in place of the pod's own port. */
    readonly tunnel?: number;
    /** Where the kubelet's probes come from, if not from the node, which Kubernetes lets through. */
    readonly probes?: readonly Peer[];
    /** Labels and annotations that add pods to the mesh, of the namespace or of pods; default: of both. */
    readonly enabledBy: readonly (readonly [...Place, value: RegExp, of?: Owner])[];
    /**
     * Without the mesh's CNI plugin, the proxies have init containers with NET_ADMIN and NET_RAW, which Pod Security
     * rejects below `privileged`. This is the strictest level that accepts the proxies with the plugin.
     */
    readonly levelWithPlugin?: "baseline" | "restricted";
    /** Values by which pods leave the mesh of their namespace, and where. The first place that is given applies. */
    readonly disabled: { readonly values: readonly [string, ...string[]]; readonly by: readonly [Place, ...Place[]] };
    /** What its proxies need of pods, where not all of Keep's pods have it. */
    readonly needs?: {
        readonly has: (pods: PodFacts) => boolean;
        /** The mesh, and why its proxy would not start in the others. */
        readonly why: string;
        /** What helps, besides leaving the mesh. */
        readonly orElse?: string;
    };
}

/** What meshes read of the pods of a component. */
export interface PodFacts {
    readonly component: ComponentName;
    readonly annotations: Values;
    /** Whether a container mounts a token of the ServiceAccount. */
    readonly hasToken: boolean;
}

/** Annotations or labels. */
export type Values = Readonly<Record<string, string>>;

/** An object whose labels and annotations meshes read. */
export type Owner = "namespace" | "pods";

/** Where meshes read a value. */
export type Place = readonly [kind: "annotations" | "labels", name: string];

const ISTIO_INJECT = "sidecar.istio.io/inject";
const LINKERD_INJECT = "linkerd.io/inject";
/** The label by which revisions of Istio are chosen. */
export const ISTIO_REVISION = "istio.io/rev";
const DATAPLANE = "istio.io/dataplane-mode";
const KUMA_INJECT = "kuma.io/sidecar-injection";
const KUMA_TOKEN = "kuma.io/service-account-token-volume";
const CONSUL_INJECT = "consul.hashicorp.com/connect-inject";

/** A mesh that policies support. */
type MeshKind = NonNullable<NetworkPolicyConfig["mesh"]>["kind"];

/** Names and default namespaces are those of the charts in istio/istio, linkerd/linkerd2, kumahq/kuma and hashicorp/consul-k8s. */
export const MESHES: Readonly<Record<MeshKind | "consul", Mesh>> = {
    istio: {
        // manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (CA_ADDR)
        controlPlane: [{ namespace: "istio-system", ports: [15012] }],
        // manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml
        enabledBy: [
            ["labels", "istio-injection", /^enabled$/, "namespace"],
            ["labels", ISTIO_REVISION, /./],
            ["labels", ISTIO_INJECT, /^true$/, "pods"],
            ["annotations", ISTIO_INJECT, /^true$/, "pods"],
        ],
        // injectRequired in pkg/kube/inject/inject.go
        disabled: {
            values: ["false"],
            by: [
                ["labels", ISTIO_INJECT],
                ["annotations", ISTIO_INJECT],
            ],
        },
        // manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (istio-init)
        levelWithPlugin: "restricted",
    },
    "istio-ambient": {
        // Only ztunnel on the nodes connects to it.
        controlPlane: [],
        // cni/pkg/config/config.go (ZtunnelInboundPort)
        tunnel: 15008,
        // cni/pkg/config/config.go (HostProbeSNATIP, HostProbeSNATIPV6); docs/ambient/usage/networkpolicy of istio.io
        probes: [{ cidr: "169.254.7.127/32" }, { cidr: "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128" }],
        enabledBy: [["labels", DATAPLANE, /^ambient$/]],
        // pkg/config/constants/constants.go (DataplaneModeNone)
        disabled: { values: ["none"], by: [["labels", DATAPLANE]] },
    },
    linkerd: {
        // charts/partials/templates/_proxy.tpl: identity, destination and policy
        controlPlane: [{ namespace: "linkerd", ports: [8080, 8086, 8090] }],
        // controller/api/destination/endpoint_translator.go (OpaqueTransport), used for databases and Redis
        // by the default of opaquePorts in charts/linkerd-control-plane/values.yaml.
        tunnel: 4143,
        enabledBy: [["annotations", LINKERD_INJECT, /^(enabled|ingress)$/]],
        // disabledByAnnotation in pkg/inject/report.go
        disabled: { values: ["disabled"], by: [["annotations", LINKERD_INJECT]] },
        // charts/partials/templates/_proxy-init.tpl
        levelWithPlugin: "restricted",
    },
    kuma: {
        // deployments/charts/kuma/templates/cp-service.yaml (dp-server). Connections of other proxies arrive at the pod's own port,
        // and are redirected inside the pod (pkg/transparentproxy/config, Redirect.Inbound).
        controlPlane: [{ namespace: "kuma-system", ports: [5678] }],
        // deployments/charts/kuma/templates/cp-webhooks-and-secrets.yaml, needToInject in
        // pkg/plugins/runtime/k8s/webhooks/injector/precheck.go; no annotation (https://github.com/kumahq/kuma/issues/4005)
        enabledBy: [["labels", KUMA_INJECT, /^(enabled|true|yes)$/]],
        // GetBooleanWithDefault in pkg/plugins/runtime/k8s/metadata/annotations.go
        disabled: { values: ["disabled", "false", "no"], by: [["labels", KUMA_INJECT]] },
        // NewInitContainer and NewValidationContainer in pkg/plugins/runtime/k8s/webhooks/injector/injector.go
        levelWithPlugin: "restricted",
        // FindServiceAccountToken and NewVolumeMounts in the same file; https://github.com/kumahq/kuma/issues/4029
        needs: {
            has: ({ annotations, hasToken }) => hasToken || KUMA_TOKEN in annotations,
            why: "Kuma, whose proxy needs a token of the pod's ServiceAccount, which they do not mount",
            orElse: `add a projected volume with a token to the volumes of a tier, and its name to ${KUMA_TOKEN} in its podAnnotations`,
        },
    },
    consul: {
        // AnnotationInject in control-plane/connect-inject/constants/annotations_and_labels.go, read by strconv.ParseBool
        enabledBy: [["annotations", CONSUL_INJECT, /^(1|t|T|true|TRUE|True)$/, "pods"]],
        disabled: { values: ["false", "0", "f", "F", "FALSE", "False"], by: [["annotations", CONSUL_INJECT]] },
        // control-plane/connect-inject/webhook/consul_dataplane_sidecar.go drops no capabilities, which `restricted` demands
        // (https://github.com/hashicorp/consul-k8s/issues/4441); container_init.go
        levelWithPlugin: "baseline",
        // https://github.com/hashicorp/consul-k8s/issues/1899
        needs: {
            has: ({ component }) => componentsWith("service").some((other) => other === component),
            why: "Consul, whose proxy waits for a Service of the pod, which they do not have",
        },
    },
};
