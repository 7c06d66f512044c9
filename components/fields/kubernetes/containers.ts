import * as z from "zod";

import { rejectUnknownPorts, rejectUnknownVariables, variablesIn } from "./containerReferences";
import { imageReference } from "../images";
import { resources } from "../vocabulary";
import {
    choiceOf,
    dnsLabel,
    exactlyOne,
    fields,
    fileMode,
    isGiven,
    isPortName,
    key,
    name,
    number,
    port,
    relativePath,
    type ValueRules,
} from "./values";

/** Names that every version of Kubernetes takes (k8s.io/apimachinery, IsEnvVarName). */
const VARIABLE = /^(?!\.\.|\.$)[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const variable = z.string().regex(VARIABLE, {
    error: "is not a name of a variable. Use letters, digits, dashes, dots and underscores, not beginning with a digit",
});

const POD_FIELD =
    /^(metadata\.(name|namespace|uid)|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?)|metadata\.(labels|annotations)\['[^']+'\])$/;
const VOLUME_FIELD = /^metadata\.(name|namespace|uid|labels|annotations|(labels|annotations)\['[^']+'\])$/;
const NOT_A_FIELD = "is not a field that Kubernetes gives here. Use one like metadata.name or metadata.labels['team']";

const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-[0-9]+[KMGT]i)$/;
/** An amount of a resource that counts as one; 0 stands for the default. */
const divisor = z.union([z.string(), z.number()]).transform(String);
const resourceField = fields(
    { divisor, resource: z.string().regex(RESOURCE, { error: "is not a resource. Use one like limits.memory" }) },
    ["resource"],
).refine(
    ({ divisor: unit, resource }) =>
        typeof unit !== "string" ||
        (String(resource).endsWith(".cpu") ? /^(0|1m?)$/ : /^(0|1([kMGTPE]|[KMGTPE]i)?)$/).test(unit),
    {
        error: "is not a divisor of this resource. Use 1, 1m for cpu, or a unit such as 1Mi for the others",
        path: ["divisor"],
    },
);
const podField = (form: RegExp) => fields({ fieldPath: z.string().regex(form, { error: NOT_A_FIELD }) }, ["fieldPath"]);

const keyOf = fields({ name, key }, ["name", "key"]);
const named = fields({ name }, ["name"]);

const HANDLERS = ["exec", "httpGet", "tcpSocket"];

/** A probe: Kubernetes reads 0 as not given, and its own default instead. */
const probe = exactlyOne([...HANDLERS, "grpc"], {
    initialDelaySeconds: number(0),
    timeoutSeconds: number(1),
    periodSeconds: number(1),
    successThreshold: number(1),
    failureThreshold: number(1),
    terminationGracePeriodSeconds: number(1),
});

/** A probe whose success counts at once, as Kubernetes requires of those that restart a container. */
const oneSuccess = z.looseObject({
    successThreshold: z.literal(1, { error: "is not 1, which Kubernetes requires of this probe. Remove it" }).nullish(),
});
const readiness = z.looseObject({
    terminationGracePeriodSeconds: z
        .null({ error: "is given, but a readiness probe ends no container. Remove it" })
        .optional(),
});

const profile = (types: readonly string[]) =>
    fields({ type: choiceOf(types, false), localhostProfile: relativePath }, ["type"]).refine(
        ({ type, localhostProfile }) => (type === "Localhost") === isGiven(localhostProfile),
        { error: "needs localhostProfile with the type Localhost, and with no other. Correct one of the two" },
    );

const id = number(0);

/** containerd adds the prefix itself (internal/cri/opts/spec_linux_opts.go), and runc then ignores the unknown name. */
const capability = z.string().regex(/^(?!CAP_)/i, {
    error: "has the prefix CAP_, with which containerd ignores the name. Write it without, such as SYS_PTRACE",
});

function hasDistinctNames(items: readonly unknown[]): boolean {
    return new Set(items.map((item) => (item as { readonly name?: unknown }).name)).size === items.length;
}

/** Two ports of one name, or one number and protocol for two ports of the node. */
function distinctPorts(ports: readonly unknown[]): boolean {
    const all = ports as readonly { readonly name?: string; readonly hostPort?: number; readonly protocol?: string }[];
    const names = all.flatMap((one) => (isGiven(one.name) ? [one.name] : []));
    const onNode = all.flatMap(({ hostPort = 0, protocol }) =>
        hostPort === 0 ? [] : [`${hostPort} ${protocol ?? "TCP"}`],
    );
    return new Set(names).size === names.length && new Set(onNode).size === onNode.length;
}

/** Adds an issue for each mount that needs a privileged container. */
export function rejectBidirectional(mounts: unknown, context: z.RefinementCtx, path: readonly string[] = []): void {
    for (const [index, mount] of (mounts as readonly { readonly mountPropagation?: unknown }[]).entries()) {
        if (mount.mountPropagation === "Bidirectional") {
            const message = "is Bidirectional, which only a privileged container may use. Remove it";
            context.addIssue({ code: "custom", path: [...path, index, "mountPropagation"], message });
        }
    }
}

/** Containers of a pod (pkg/apis/core/validation/validation.go). */
export const containerRules: ValueRules = {
    V1Container: fields(
        {
            name: dnsLabel,
            image: imageReference,
            imagePullPolicy: choiceOf(["Always", "IfNotPresent", "Never"]),
            terminationMessagePolicy: choiceOf(["File", "FallbackToLogsOnError"]),
            resources,
            workingDir: z.string().regex(/^(\/|$)/, { error: "is not an absolute path. Write it like /data" }),
            livenessProbe: oneSuccess,
            startupProbe: oneSuccess,
            readinessProbe: readiness,
            volumeDevices: z
                .array(z.unknown())
                .max(0, { error: "gives a container a raw disk, which these pods do not have. Remove it" }),
            // The provider applies objects on the server, where the names are the keys of the list.
            env: z.array(z.unknown()).refine(hasDistinctNames, { error: "has one name twice. Remove one of the two" }),
            ports: z.array(z.unknown()).refine(distinctPorts, {
                error: "has a name or a port of the node twice. Remove one of the two",
            }),
        },
        ["name", "image"],
    ).superRefine((container, context) => {
        const { securityContext, volumeMounts } = container;
        rejectUnknownPorts(container, context);
        rejectUnknownVariables(container, context);
        const { privileged } = (securityContext ?? {}) as { readonly privileged?: unknown };
        if (privileged !== true) {
            rejectBidirectional(volumeMounts ?? [], context, ["volumeMounts"]);
        }
    }),
    V1ContainerPort: fields(
        {
            containerPort: number(1, 65535),
            hostPort: number(0, 65535),
            protocol: choiceOf(["TCP", "UDP", "SCTP"]),
            name: z.string().refine((text) => text === "" || isPortName(text), {
                error: "is not the name of a port. Use at most 15 lower-case letters, digits and dashes, such as http",
            }),
        },
        ["containerPort"],
    ),
    V1EnvVar: fields({ name: variable }, ["name"]).refine(
        ({ value, valueFrom }) => !isGiven(value) || !isGiven(valueFrom),
        {
            error: "has both value and valueFrom. Give one of the two",
        },
    ),
    V1EnvVarSource: exactlyOne(["configMapKeyRef", "fieldRef", "resourceFieldRef", "secretKeyRef"], {
        fieldRef: podField(POD_FIELD),
        fileKeyRef: z.null({ error: "needs a newer Kubernetes than this program supports. Use another source" }),
    }),
    V1ObjectFieldSelector: fields({ apiVersion: choiceOf(["v1"]) }, ["fieldPath"]),
    V1ResourceFieldSelector: resourceField,
    V1ConfigMapKeySelector: keyOf,
    V1SecretKeySelector: keyOf,
    V1EnvFromSource: exactlyOne(["configMapRef", "secretRef"], { prefix: variable }),
    V1ConfigMapEnvSource: named,
    V1SecretEnvSource: named,
    V1Lifecycle: fields({
        stopSignal: z.null({ error: "needs the operating system of the pod, which is not set. Remove it" }),
    }),
    V1LifecycleHandler: exactlyOne([...HANDLERS, "sleep"]),
    // Longer than any pod of the program may take to stop, it is rejected.
    V1SleepAction: fields({ seconds: number(1, 30) }, ["seconds"]),
    V1ExecAction: fields({ command: z.array(z.string()).min(1, { error: "is empty. Give a command" }) }, ["command"]),
    V1HTTPGetAction: fields({ port, scheme: choiceOf(["HTTP", "HTTPS"]) }, ["port"]),
    V1HTTPHeader: fields(
        {
            name: z
                .string()
                .regex(/^[-A-Za-z0-9]+$/, { error: "is not the name of a header. Use letters, digits and dashes" }),
        },
        ["name"],
    ),
    V1TCPSocketAction: fields({ port }, ["port"]),
    V1GRPCAction: fields({ port: number(1, 65535) }, ["port"]),
    V1Probe: probe,
    V1ContainerResizePolicy: fields(
        {
            resourceName: choiceOf(["cpu", "memory"], false),
            restartPolicy: choiceOf(["NotRequired", "RestartContainer"], false),
        },
        ["resourceName", "restartPolicy"],
    ),
    V1SecurityContext: fields({
        runAsUser: id,
        runAsGroup: id,
        procMount: choiceOf(["Default", "Unmasked"]),
        windowsOptions: z.null({ error: "is for containers of Windows, and these pods run on Linux. Remove it" }),
    }).refine(({ allowPrivilegeEscalation, privileged }) => allowPrivilegeEscalation !== false || privileged !== true, {
        error: "is false, but the container is privileged, which Kubernetes rejects. Remove one of the two",
        path: ["allowPrivilegeEscalation"],
    }),
    V1Capabilities: fields({ add: z.array(capability), drop: z.array(capability) }),
    V1AppArmorProfile: profile(["Localhost", "RuntimeDefault", "Unconfined"]),
    V1SeccompProfile: profile(["Localhost", "RuntimeDefault", "Unconfined"]),
    V1VolumeMount: fields(
        {
            mountPath: z.string().regex(/^[^:]+$/, { error: "is not a path without a colon. Write it like /data" }),
            mountPropagation: choiceOf(["None", "HostToContainer", "Bidirectional"], false),
            recursiveReadOnly: choiceOf(["Disabled", "IfPossible", "Enabled"], false),
            subPath: relativePath.refine((path) => variablesIn(path).length === 0, {
                error: "contains a variable, which Kubernetes replaces in subPathExpr only. Use subPathExpr",
            }),
            subPathExpr: relativePath,
        },
        ["mountPath", "name"],
    ).superRefine(({ mountPropagation, readOnly, recursiveReadOnly, subPath, subPathExpr }, context) => {
        if (isGiven(subPath) && isGiven(subPathExpr)) {
            context.addIssue({ code: "custom", message: "has both subPath and subPathExpr. Give one of the two" });
        }
        const isRecursive = isGiven(recursiveReadOnly) && recursiveReadOnly !== "Disabled";
        if (isRecursive && (readOnly !== true || (isGiven(mountPropagation) && mountPropagation !== "None"))) {
            const message = "needs readOnly to be true, and no mountPropagation. Change those, or remove it";
            context.addIssue({ code: "custom", path: ["recursiveReadOnly"], message });
        }
    }),
    V1KeyToPath: fields({ key, path: relativePath, mode: fileMode }, ["key", "path"]),
    V1DownwardAPIVolumeFile: exactlyOne(["fieldRef", "resourceFieldRef"], {
        fieldRef: podField(VOLUME_FIELD),
        path: relativePath,
        mode: fileMode,
        resourceFieldRef: fields({}, ["containerName"]),
    }).refine(({ path: file }) => isGiven(file), { error: "is missing. Set it", path: ["path"] }),
};
