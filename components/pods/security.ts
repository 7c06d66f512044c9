import type { types } from "@pulumi/kubernetes";
import type { Unwrap } from "@pulumi/pulumi";

import type { AdoptConfig } from "../adoption/settings";
import { type ContainerFields, containerFields } from "./container";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { oneOf } from "../fields/vocabulary";
import { type NamespaceConfig, type PodSecurity, podSecurityOf } from "../namespace";
import { type EnvTier, envTiers } from "../secrets/settings";

type Volume = Unwrap<types.input.core.v1.Volume>;

/** Settings of a tier that add containers and volumes to its pods. */
interface Additions {
    readonly initContainers: readonly unknown[];
    readonly sidecars: readonly unknown[];
    readonly volumes: readonly unknown[];
}

/** Of the tiers, Soketi elsewhere has no pods to add to. */
interface Settings extends Readonly<Record<EnvTier, object | Additions>> {
    readonly adopt?: AdoptConfig | undefined;
    readonly namespace: NamespaceConfig;
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

/** Types of SELinux that both levels allow; the first is none. */
const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

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
export const podSecurityRules: readonly Rule<Settings>[] = envTiers.map((tier) => (config) => {
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
                containerViolations(containerFields.parse(container), level).map(({ path, value, wayOut }) =>
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
    { ports, securityContext }: ContainerFields,
    level: "baseline" | "restricted",
): Violation[] {
    const context = securityContext ?? {};
    const { appArmorProfile, capabilities, procMount, seccompProfile, seLinuxOptions: seLinux } = context;
    const added = capabilities?.add ?? [];
    const dropped = capabilities?.drop ?? [];
    const allowed = level === "baseline" ? BASELINE_CAPABILITIES : ["NET_BIND_SERVICE"];
    const isUnconfined = (profile: { readonly type?: unknown } | null | undefined) => profile?.type === "Unconfined";
    const found: readonly (readonly [isViolated: boolean, field: string, value: unknown, wayOut: string])[] = [
        [context.privileged === true, "privileged", true, "Remove it"],
        [added.some((name) => !allowed.includes(name)), "capabilities.add", added, `Use ${allowed.join(", ")} at most`],
        [isUnconfined(seccompProfile), "seccompProfile.type", "Unconfined", "Set it to RuntimeDefault"],
        [isUnconfined(appArmorProfile), "appArmorProfile.type", "Unconfined", "Set it to RuntimeDefault"],
        [(procMount ?? "Default") !== "Default", "procMount", procMount, "Remove it"],
        [
            (seLinux?.user ?? "") + (seLinux?.role ?? "") !== "" || !SELINUX_TYPES.includes(seLinux?.type ?? ""),
            "seLinuxOptions",
            seLinux,
            `Set its type alone, to ${oneOf(SELINUX_TYPES.slice(1))}`,
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
                  [!dropped.includes("ALL"), "capabilities.drop", capabilities?.drop, "Set it to [ALL]"],
                  [context.runAsNonRoot === false, "runAsNonRoot", false, "Remove it"],
                  [context.runAsUser === 0, "runAsUser", 0, "Use another user id"],
              ] as const)),
    ];
    return [
        ...found
            .filter(([isViolated]) => isViolated)
            .map(([, field, value, wayOut]) => ({ path: ["securityContext", ...field.split(".")], value, wayOut })),
        ...(ports ?? []).flatMap(({ hostPort }, index) =>
            (hostPort ?? 0) === 0
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
