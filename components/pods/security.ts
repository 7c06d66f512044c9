import type { types } from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type PodSecurity, podSecurityOf } from "../namespace";
import type { StackConfig } from "../settings/schema";

type Container = Unwrap<types.input.core.v1.Container>;
type Volume = Unwrap<types.input.core.v1.Volume>;

/** Settings of a tier that add containers and volumes to its pods. */
interface Additions {
    readonly initContainers: readonly unknown[];
    readonly sidecars: readonly unknown[];
    readonly volumes: readonly unknown[];
}

/** Capabilities that level baseline lets containers add. */
const BASELINE_CAPABILITIES = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/** Sources of volumes that level restricted allows. */
const RESTRICTED_VOLUMES = [
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
 * Conditions on containers and volumes that a stack adds: the namespace rejects pods that do not meet the Pod Security level it enforces
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/), which a preview without a cluster cannot see.
 */
export const podSecurityRules: readonly Rule<
    Pick<StackConfig, "adopt" | "backend" | "consumer" | "frontend" | "namespace" | "websocket" | "worker">
>[] = (["backend", "worker", "consumer", "frontend", "websocket"] as const).map((tier) => (config) => {
    const level = config.adopt === undefined ? podSecurityOf(config.namespace) : undefined;
    const additions = config[tier];
    return level === undefined || level === "privileged" || !("sidecars" in additions)
        ? []
        : violations(tier, additions, level);
});

function violations(tier: string, additions: Additions, level: Exclude<PodSecurity, "privileged">): Issue[] {
    const rejected = (path: readonly string[], value: unknown, wayOut: string) =>
        issue(
            [tier, ...path],
            `does not meet Pod Security ${level}, which the namespace enforces. ${wayOut}, or lower keep:namespace.podSecurity`,
            { value },
        );
    return [
        ...(["initContainers", "sidecars"] as const).flatMap((field) =>
            additions[field].flatMap((container, index) =>
                containerViolations(container as Container, level).map(({ path, value, wayOut }) =>
                    rejected([field, String(index), ...path], value, wayOut),
                ),
            ),
        ),
        ...additions.volumes.flatMap((volume, index) =>
            isAllowed(volume as Volume, level)
                ? []
                : [rejected(["volumes", String(index)], volume, "Use a PersistentVolumeClaim or an emptyDir")],
        ),
    ];
}

interface Violation {
    readonly path: readonly string[];
    readonly value: unknown;
    readonly wayOut: string;
}

/** The pod itself sets runAsNonRoot and a seccomp profile, so that a container may leave these out. */
function containerViolations(
    { ports = [], securityContext: context = {} }: Container,
    level: "baseline" | "restricted",
): Violation[] {
    const { add = [], drop = [] } = context.capabilities ?? {};
    const allowed = level === "baseline" ? BASELINE_CAPABILITIES : ["NET_BIND_SERVICE"];
    const found: readonly (readonly [isViolated: boolean, field: string, value: unknown, wayOut: string])[] = [
        [context.privileged === true, "privileged", true, "Remove it"],
        [add.some((name) => !allowed.includes(name)), "capabilities.add", add, `Use ${allowed.join(", ")} at most`],
        [
            context.seccompProfile?.type === "Unconfined",
            "seccompProfile.type",
            "Unconfined",
            "Set it to RuntimeDefault",
        ],
        ...(level === "baseline"
            ? []
            : ([
                  [
                      context.allowPrivilegeEscalation !== false,
                      "allowPrivilegeEscalation",
                      context.allowPrivilegeEscalation,
                      "Set it to false",
                  ],
                  [!drop.includes("ALL"), "capabilities.drop", context.capabilities?.drop, "Set it to [ALL]"],
                  [context.runAsNonRoot === false, "runAsNonRoot", false, "Remove it"],
                  [context.runAsUser === 0, "runAsUser", 0, "Use another user id"],
              ] as const)),
    ];
    return [
        ...found
            .filter(([isViolated]) => isViolated)
            .map(([, field, value, wayOut]) => ({ path: ["securityContext", ...field.split(".")], value, wayOut })),
        ...ports.flatMap(({ hostPort }, index) =>
            hostPort === undefined || hostPort === 0
                ? []
                : [{ path: ["ports", String(index), "hostPort"], value: hostPort, wayOut: "Remove it" }],
        ),
    ];
}

function isAllowed(volume: Volume, level: "baseline" | "restricted"): boolean {
    const sources = Object.keys(volume).filter((field) => field !== "name");
    return level === "baseline"
        ? !sources.includes("hostPath")
        : sources.every((source) => RESTRICTED_VOLUMES.includes(source));
}
