/** A resource that Pulumi passes to a policy. */
export interface Resource {
    /** Type token, such as `kubernetes:apps/v1:Deployment`. */
    readonly type: string;
    readonly props: Readonly<Record<string, unknown>>;
}

/** The fields of a probe, or of a hook of a container's life, that rules read. */
interface Handler {
    readonly exec?: { readonly command?: unknown };
    readonly httpGet?: { readonly httpHeaders?: Container["env"] };
}

/** The fields of a container that rules read. Reading a field that a preview does not know is an error. */
export interface Container {
    readonly name?: string;
    readonly image?: unknown;
    readonly env?: readonly { readonly name?: string; readonly value?: unknown }[];
    /** Words, which a program may also write as numbers, or as one text. The API server rejects these. */
    readonly command?: unknown;
    readonly args?: unknown;
    readonly lifecycle?: { readonly postStart?: Handler; readonly preStop?: Handler };
    readonly livenessProbe?: Handler;
    readonly ports?: readonly { readonly hostPort?: number }[];
    readonly readinessProbe?: Handler;
    readonly resources?: {
        readonly requests?: Readonly<Record<string, unknown>>;
        readonly limits?: Readonly<Record<string, unknown>>;
    };
    readonly restartPolicy?: string;
    readonly startupProbe?: Handler;
    readonly securityContext?: {
        readonly allowPrivilegeEscalation?: boolean;
        readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
        readonly privileged?: boolean;
        readonly readOnlyRootFilesystem?: boolean;
        readonly runAsNonRoot?: boolean;
        readonly runAsUser?: number;
        readonly seccompProfile?: { readonly type?: string };
    };
}

/** The fields of a pod that rules read. */
export interface Pod {
    readonly automountServiceAccountToken?: boolean;
    readonly containers?: readonly Container[];
    readonly enableServiceLinks?: boolean;
    readonly hostIPC?: boolean;
    readonly hostNetwork?: boolean;
    readonly hostPID?: boolean;
    readonly initContainers?: readonly Container[];
    readonly securityContext?: Container["securityContext"];
    readonly volumes?: readonly { readonly name?: string; readonly hostPath?: object }[];
}

/** Path of the pod in each kind of object. */
const POD_PATHS: Readonly<Record<string, readonly string[]>> = {
    Pod: ["spec"],
    CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
    DaemonSet: ["spec", "template", "spec"],
    Deployment: ["spec", "template", "spec"],
    Job: ["spec", "template", "spec"],
    ReplicaSet: ["spec", "template", "spec"],
    ReplicationController: ["spec", "template", "spec"],
    StatefulSet: ["spec", "template", "spec"],
};

/** Last word of a Kubernetes type, such as `Deployment`; empty for resources of others. */
export function kindOf({ type }: Resource): string {
    return type.startsWith("kubernetes:") ? (type.split(":").at(-1) ?? "") : "";
}

/** The pod of an object; undefined if it has none. */
export function podOf(resource: Resource): Pod | undefined {
    const path = POD_PATHS[kindOf(resource)];
    return path?.reduce<unknown>(
        (inner, step) => (inner as Record<string, unknown> | undefined)?.[step],
        propsOf(resource),
    ) as Pod | undefined;
}

/**
 * The properties of a resource without those that are null, which Kubernetes takes for absent. Each is read when a rule
 * reads it: one that a preview does not know ends the rule that reads it, and only that.
 */
export function propsOf({ props }: Resource): Resource["props"] {
    return withoutNulls(props) as Resource["props"];
}

function withoutNulls(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.filter((item) => item !== null).map(withoutNulls);
    }
    if (typeof value !== "object" || value === null) {
        return value ?? undefined;
    }
    const fields = Object.keys(value).map((key) => {
        const get = () => withoutNulls((value as Record<string, unknown>)[key]);
        return [key, { get, enumerable: true }];
    });
    return Object.defineProperties({}, Object.fromEntries(fields) as PropertyDescriptorMap);
}

/** All containers of a pod, init containers included. */
export function containersOf({ containers = [], initContainers = [] }: Pod): Container[] {
    return [...initContainers, ...containers];
}
