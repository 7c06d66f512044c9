const container = { name: "helper", image: "registry.example.com/helper:1", command: ["sleep", "1"] };

/** What is passed through to Kubernetes as it is written, by the setting's name: its type, and objects that are right. */
export const KUBERNETES_OBJECTS: Readonly<
    Record<string, { readonly type: string; readonly objects: readonly object[] }>
> = {
    persistentVolume: {
        type: "V1PersistentVolumeSpec",
        objects: [
            { nfs: { server: "nfs.example.com", path: "/keep" } },
            { csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-1" }, mountOptions: ["noatime"] },
            {
                local: { path: "/mnt/ssd" },
                nodeAffinity: {
                    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Exists" }] }] },
                },
            },
        ],
    },
    tolerations: {
        type: "V1Toleration",
        objects: [
            { key: "team", operator: "Equal", value: "alerts", effect: "NoSchedule" },
            { operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
        ],
    },
    affinity: {
        type: "V1Affinity",
        objects: [
            { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
            {
                podAntiAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: [
                        {
                            topologyKey: "zone",
                            labelSelector: { matchExpressions: [{ key: "a", operator: "In", values: ["b"] }] },
                        },
                    ],
                },
                nodeAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                        {
                            weight: 1,
                            preference: { matchExpressions: [{ key: "cores", operator: "Gt", values: ["4"] }] },
                        },
                    ],
                    requiredDuringSchedulingIgnoredDuringExecution: {
                        nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["a"] }] }],
                    },
                },
            },
        ],
    },
    dnsConfig: {
        type: "V1PodDNSConfig",
        objects: [
            { nameservers: ["169.254.20.10"], searches: ["a.example.com."], options: [{ name: "ndots", value: "3" }] },
        ],
    },
    hostAliases: { type: "V1HostAlias", objects: [{ ip: "10.0.0.5", hostnames: ["db.example.com"] }] },
    volumes: {
        type: "V1Volume",
        objects: [
            { name: "extra", emptyDir: {} },
            { name: "extra", configMap: { name: "a", items: [{ key: "a", path: "a", mode: 256 }] } },
            {
                name: "extra",
                projected: {
                    sources: [
                        { secret: { name: "a" } },
                        { serviceAccountToken: { path: "token", expirationSeconds: 600 } },
                        { downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
                    ],
                },
            },
            {
                name: "extra",
                ephemeral: {
                    volumeClaimTemplate: {
                        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
                    },
                },
            },
        ],
    },
    volumeMounts: {
        type: "V1VolumeMount",
        objects: [
            { name: "tmp", mountPath: "/extra" },
            { name: "tmp", mountPath: "/extra", subPath: "a/b", readOnly: true, recursiveReadOnly: "IfPossible" },
        ],
    },
    initContainers: {
        type: "V1Container",
        objects: [
            { ...container, workingDir: "/data" },
            { ...container, name: "proxy", restartPolicy: "Always", startupProbe: { exec: { command: ["a"] } } },
        ],
    },
    sidecars: {
        type: "V1Container",
        objects: [
            { ...container, name: "sidecar" },
            {
                ...container,
                name: "sidecar",
                env: [
                    { name: "A", value: "b" },
                    { name: "B", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
                    { name: "C", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } },
                ],
                envFrom: [{ prefix: "A_", secretRef: { name: "a" } }],
                ports: [{ name: "http", containerPort: 80 }],
                livenessProbe: { httpGet: { path: "/", port: "http" }, periodSeconds: 5 },
                readinessProbe: { tcpSocket: { port: 80 } },
                lifecycle: { postStart: { httpGet: { port: "http" } }, preStop: { sleep: { seconds: 5 } } },
                resources: { requests: { cpu: "100m" }, limits: { cpu: 1, memory: "64Mi" } },
                securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    seccompProfile: { type: "Localhost", localhostProfile: "a.json" },
                },
                volumeMounts: [{ name: "tmp", mountPath: "/a" }],
            },
        ],
    },
    behavior: {
        type: "V2HorizontalPodAutoscalerBehavior",
        objects: [
            { scaleDown: { stabilizationWindowSeconds: 60 } },
            { scaleUp: { selectPolicy: "Max", policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] } },
        ],
    },
    topologySpread: {
        type: "V1TopologySpreadConstraint",
        objects: [
            { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
            {
                maxSkew: 1,
                topologyKey: "zone",
                whenUnsatisfiable: "DoNotSchedule",
                labelSelector: { matchLabels: { "app.kubernetes.io/name": "keep" } },
            },
        ],
    },
};
