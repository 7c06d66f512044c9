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

/** A user's containers and volumes in the pods of a tier. */
interface Additions {
    readonly initContainers: readonly unknown[];
    readonly sidecars: readonly unknown[];
    readonly volumes: readonly unknown[];
    /** The account of the tier; undefined: `keep:serviceAccount`. */
    readonly serviceAccount?: Account;
}

interface Account {
    readonly name?: string | undefined;
}

/** The user's containers and volumes; empty for an external websocket server. */
export interface PodSecuritySettings extends Readonly<Record<EnvTier, object | Additions>> {
    readonly adopt?: AdoptConfig | undefined;
    readonly namespace: NamespaceConfig;
    readonly platform: string;
    readonly serviceAccount: Account;
}

/** Capabilities that the level baseline allows. */
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

/** SELinux types that both levels allow; the first is none. */
const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** Sources of volumes that the level restricted allows. */
const RESTRICTED_VOLUMES = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/**
 * Conditions on a user's containers and volumes: the namespace rejects pods that do not comply with its Pod Security
 * level (https://kubernetes.io/docs/concepts/security/pod-security-standards/), which a preview without a cluster would
 * not detect.
 */
export const podSecurityRules: readonly Rule<PodSecuritySettings>[] = envTiers.map(
    (tier) => (config) => levelIssues(tier, config),
);

function levelIssues(tier: EnvTier, config: PodSecuritySettings): Issue[] {
    const level = levelOf(config);
    const additions = config[tier];
    return level === undefined || level === "privileged" || !("sidecars" in additions)
        ? []
        : violations(tier, additions, level);
}

/** The level that the program sets. The namespace of an adopted installation has that of its owner. */
export function levelOf({ adopt, namespace }: PodSecuritySettings): PodSecurity | undefined {
    return adopt === undefined ? podSecurityOf(namespace) : undefined;
}

function violations(tier: string, additions: Additions, level: Exclude<PodSecurity, "privileged">): Issue[] {
    const rejected = (path: readonly string[], value: unknown, fix: string, besides = "") =>
        issue(
            [tier, ...path],
            `does not comply with Pod Security ${level}, which the namespace enforces. ${fix}, or lower keep:namespace.podSecurity${besides}`,
            { value },
        );
    return [
        ...(["initContainers", "sidecars"] as const).flatMap((field) =>
            additions[field].flatMap((container, index) =>
                containerViolations(containerFields.parse(container), level).map(({ path, value, fix, besides }) =>
                    rejected([field, String(index), ...path], value, fix, besides),
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
    readonly fix: string;
    /** What a container needs in addition below a lower level. */
    readonly besides?: string | undefined;
}

/** The pod sets runAsNonRoot and a seccomp profile, so containers do not need to. */
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
    const found: readonly (readonly [
        isViolated: boolean,
        field: string,
        value: unknown,
        fix: string,
        besides?: string,
    ])[] = [
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
                  [
                      context.runAsUser === 0,
                      "runAsUser",
                      0,
                      "Use another user id",
                      context.runAsNonRoot === false ? "" : " and set runAsNonRoot to false",
                  ],
              ] as const)),
    ];
    return [
        ...found
            .filter(([isViolated]) => isViolated)
            .map(([, field, value, fix, besides]) => ({
                path: ["securityContext", ...field.split(".")],
                value,
                fix,
                besides,
            })),
        ...(ports ?? []).flatMap(({ hostPort }, index) =>
            (hostPort ?? 0) === 0
                ? []
                : [{ path: ["ports", String(index), "hostPort"], value: hostPort, fix: "Remove it" }],
        ),
    ];
}

function isAllowed(volume: Volume, level: "baseline" | "restricted"): boolean {
    const sources = Object.keys(volume).filter((field) => field !== "name");
    return level === "baseline"
        ? !sources.includes("hostPath")
        : sources.every((source) => RESTRICTED_VOLUMES.includes(source));
}
