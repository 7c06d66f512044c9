import { z } from "zod";

const named = z.object({ name: z.string() });
const reference = named.extend({ key: z.string() });
/** How a container is asked whether it is well. */
export const probe = z.object({
    httpGet: z.object({ path: z.string(), port: z.union([z.string(), z.number()]) }).optional(),
    exec: z.object({ command: z.array(z.string()) }).optional(),
    tcpSocket: z.object({ port: z.union([z.string(), z.number()]) }).optional(),
});
/** A container of a pod. */
export const container = z.object({
    name: z.string(),
    image: z.string(),
    command: z.array(z.string()).nullish(),
    args: z.array(z.string()).nullish(),
    env: z
        .array(
            named.extend({
                value: z.string().nullish(),
                valueFrom: z
                    .object({
                        secretKeyRef: reference.optional(),
                        configMapKeyRef: reference.optional(),
                        fieldRef: z.object({ fieldPath: z.string() }).optional(),
                    })
                    .optional(),
            }),
        )
        .nullish(),
    envFrom: z
        .array(z.object({ prefix: z.string().optional(), secretRef: named.optional(), configMapRef: named.optional() }))
        .nullish(),
    ports: z.array(z.object({ name: z.string().optional(), containerPort: z.number() })).nullish(),
    volumeMounts: z.array(named.extend({ mountPath: z.string(), readOnly: z.boolean().optional() })).nullish(),
    startupProbe: probe.optional(),
    readinessProbe: probe.optional(),
    livenessProbe: probe.optional(),
    resources: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))).nullish(),
});
const podTemplate = z.object({
    metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }).optional(),
    spec: z.object({
        containers: z.array(container),
        initContainers: z.array(named).nullish(),
        volumes: z.array(named.loose()).nullish(),
        serviceAccountName: z.string().nullish(),
        imagePullSecrets: z.array(named).nullish(),
        nodeSelector: z.record(z.string(), z.string()).nullish(),
        tolerations: z.array(z.unknown()).nullish(),
        affinity: z.unknown().optional(),
        topologySpreadConstraints: z.array(z.unknown()).nullish(),
    }),
});
const route = z.object({ path: z.string(), backend: z.object({ service: z.object({ name: z.string() }) }) });
const measured = named.extend({ target: z.object({ averageUtilization: z.number() }) });
/** The kinds that facts are taken from. */
export const objects = {
    Deployment: z.object({ spec: z.object({ replicas: z.number().optional(), template: podTemplate }) }),
    HorizontalPodAutoscaler: z.object({
        spec: z.object({
            scaleTargetRef: named,
            minReplicas: z.number(),
            maxReplicas: z.number(),
            metrics: z.array(z.union([z.object({ resource: measured }), z.object({ containerResource: measured })])),
        }),
    }),
    Service: z.object({
        spec: z.object({ type: z.string().optional(), ports: z.array(z.object({ port: z.number() })) }),
    }),
    PersistentVolumeClaim: z.object({
        spec: z.object({
            storageClassName: z.string().optional(),
            resources: z.object({ requests: z.object({ storage: z.string() }) }),
        }),
    }),
    Ingress: z.object({
        spec: z.object({
            ingressClassName: z.string().optional(),
            tls: z.array(z.object({ hosts: z.array(z.string()), secretName: z.string().optional() })).optional(),
            rules: z.array(z.object({ host: z.string().optional(), http: z.object({ paths: z.array(route) }) })),
        }),
    }),
    Route: z.object({
        spec: z.object({ host: z.string(), path: z.string().optional(), to: named }),
    }),
};
/** What every manifest has. */
export const metadata = z.object({
    kind: z.string(),
    metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).nullish() }).loose(),
});
