import { type Container, containersOf, type Pods } from "./objects";

/** Kinds of volume that Pod Security "restricted" allows. */
const VOLUMES = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/**
 * What keeps a pod out of a namespace that enforces Pod Security "restricted", and what our own rule adds: a read-only root.
 * Written from https://kubernetes.io/docs/concepts/security/pod-security-standards/, not from the code it judges.
 */
export function restrictedViolations(pod: Pods): string[] {
    const { spec } = pod;
    const volumes = (spec.volumes ?? []).flatMap(({ name, ...source }) =>
        Object.keys(source)
            .filter((kind) => !VOLUMES.includes(kind))
            .map((kind) => `volume ${name} is a ${kind}`),
    );
    return [
        ...(spec.hostNetwork === true ? ["hostNetwork"] : []),
        ...(spec.hostPID === true ? ["hostPID"] : []),
        ...(spec.hostIPC === true ? ["hostIPC"] : []),
        ...(spec.securityContext?.sysctls === undefined ? [] : ["sysctls"]),
        ...volumes,
        ...containersOf(pod).flatMap((container) =>
            containerViolations(pod, container).map((violation) => `${container.name}: ${violation}`),
        ),
    ];
}

function containerViolations({ spec }: Pods, { securityContext: own = {}, ports = [] }: Container): string[] {
    const shared = spec.securityContext ?? {};
    const user = own.runAsUser ?? shared.runAsUser;
    const seccomp = own.seccompProfile?.type ?? shared.seccompProfile?.type;
    const rules: Readonly<Record<string, boolean>> = {
        privileged: own.privileged !== true,
        "may gain privileges": own.allowPrivilegeEscalation === false,
        "keeps capabilities": own.capabilities?.drop?.includes("ALL") === true,
        "adds capabilities": (own.capabilities?.add ?? []).every((name) => name === "NET_BIND_SERVICE"),
        "may run as root": (own.runAsNonRoot ?? shared.runAsNonRoot) === true && user !== 0,
        "no seccomp profile": seccomp === "RuntimeDefault" || seccomp === "Localhost",
        "port of the host": ports.every(({ hostPort }) => hostPort === undefined),
        "mounts another /proc": own.procMount === undefined || own.procMount === "Default",
        "root is writable": own.readOnlyRootFilesystem === true,
    };
    return Object.entries(rules).flatMap(([violation, isKept]) => (isKept ? [] : [violation]));
}
