import { z } from "zod";

/** What a controller says of an object. */
export const conditions = z
    .array(
        z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().default(""),
            message: z.string().default(""),
        }),
    )
    .nullish()
    // A status that nobody has written yet may hold null.
    .transform((list) => list ?? []);

/** A condition list as read. */
export type Conditions = z.infer<typeof conditions>;

/** Whether a condition is there and True. */
export function holds(list: Conditions, type: string): boolean {
    return list.some((condition) => condition.type === type && condition.status === "True");
}

/** Everything that conditions say, for a finding. */
export function told(list: Conditions): string {
    const lines = list.map(({ type, status, reason, message }) => `${type}=${status} ${reason} ${message}`.trim());
    return lines.length === 0 ? "nothing said yet" : lines.join("; ");
}

const reference = z.object({ name: z.string(), key: z.string(), optional: z.boolean().default(false) });

const container = z.object({
    name: z.string(),
    image: z.string(),
    ports: z.array(z.object({ name: z.string().optional(), containerPort: z.number() })).default([]),
    env: z
        .array(
            z.object({
                name: z.string(),
                value: z.string().optional(),
                valueFrom: z
                    .object({ secretKeyRef: reference.optional(), configMapKeyRef: reference.optional() })
                    .default({}),
            }),
        )
        .default([]),
});

const items = z.array(z.object({ key: z.string() })).default([]);

const volume = z.object({
    name: z.string(),
    secret: z.object({ secretName: z.string(), optional: z.boolean().default(false), items }).optional(),
    configMap: z.object({ name: z.string(), optional: z.boolean().default(false), items }).optional(),
    persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
});

/** The part of a pod template that names other objects. */
export const podSpec = z.object({
    serviceAccountName: z.string().default("default"),
    containers: z.array(container),
    initContainers: z.array(container).default([]),
    volumes: z.array(volume).default([]),
});

/** A pod template as a Deployment or Job carries it. */
export const template = z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }).default({ labels: {} }),
    spec: podSpec,
});

/** A pod as the API server has it. */
export const pod = z.object({
    metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
    spec: podSpec,
    status: z.object({ conditions }),
});

/** A Service as it was asked for. */
export const service = z.object({
    spec: z.object({
        selector: z.record(z.string(), z.string()).optional(),
        ports: z.array(
            z.object({
                name: z.string().optional(),
                port: z.number(),
                targetPort: z.union([z.number(), z.string()]).optional(),
            }),
        ),
    }),
});
