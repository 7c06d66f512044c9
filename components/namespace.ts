import type { AdoptConfig } from "./adoption/settings";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { choice } from "./fields/choice";
import { input } from "./fields/input";
import { issue } from "./fields/issue";
import { addedLabels, annotationsOfData, POD_SECURITY } from "./fields/labels";
import type { Rule } from "./fields/rule";
import { isSystemNamespace, namespaceName } from "./fields/vocabulary";
import { clusterName, type Release, releaseOf, type ReleaseSettings, scopeOf } from "./naming";
import type { SecretStoreConfig } from "./secretStore/settings";
import { hasLater } from "./tokens";

/** Levels of Pod Security, and `latest` or a version of Kubernetes, as the API server validates them in labels. */
const LEVEL = /^(privileged|baseline|restricted)$/;
const VERSION = /^(latest|v1\.(0|[1-9]\d*))$/;

/** https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/ */
const namespaceLabels = addedLabels.superRefine((map, context) => {
    for (const [label, value] of Object.entries(map).filter(([key]) => key.startsWith(POD_SECURITY))) {
        const message = podSecurityFault(label.slice(POD_SECURITY.length), value);
        if (message !== undefined) {
            context.addIssue({ code: "custom", path: [label], message });
        }
    }
});

function podSecurityFault(mode: string, value: unknown): string | undefined {
    const isOneOf = (form: RegExp) => typeof value !== "string" || hasLater(value) || form.test(value);
    switch (mode) {
        case "enforce":
            return "is set by keep:namespace.podSecurity. Remove it, and set that";
        case "warn":
        case "audit":
            return isOneOf(LEVEL) ? undefined : "is not a level. Use privileged, baseline or restricted";
        case "enforce-version":
        case "warn-version":
        case "audit-version":
            return isOneOf(VERSION) ? undefined : "is not a version. Write latest, or a version such as v1.36";
        default:
            return "is not a label of Pod Security. Use warn, audit, or the version of a mode, such as warn-version";
    }
}

/** Namespace of the release. */
export const namespace = z.strictObject({
    name: input(namespaceName).optional().describe("name of the namespace; default: the release's name"),
    create: z
        .boolean()
        .default(true)
        .describe("create the namespace, and delete it with the stack; false: it exists already"),
    podSecurity: choice({
        restricted: "what all pods of Keep comply with",
        baseline: "also admits pods without the hardening",
        privileged: "admits every pod",
        none: "no label, so that the cluster's default applies",
    })
        .optional()
        .describe("Pod Security level that the namespace enforces, with create; default: restricted"),
    labels: namespaceLabels.default({}).describe("more labels of the namespace"),
    annotations: annotationsOfData(
        "Remove it, and set keep:database.volume.retain, or keep:namespace.create to false for a namespace of your own",
    )
        .default({})
        .describe("annotations of the namespace"),
});

/** Namespace of the release, validated and with defaults. */
export type NamespaceConfig = z.infer<typeof namespace>;

/**
 * Pod Security level that the namespace enforces; undefined if it enforces none, or if the stack does not create it.
 */
export function podSecurityOf({ create, podSecurity = "restricted" }: NamespaceConfig): PodSecurity | undefined {
    return create && podSecurity !== "none" ? podSecurity : undefined;
}

/** A level of https://kubernetes.io/docs/concepts/security/pod-security-standards/. */
export type PodSecurity = Exclude<NamespaceConfig["podSecurity"], "none" | undefined>;

interface Settings extends ReleaseSettings {
    readonly adopt?: AdoptConfig | undefined;
    readonly namespace: NamespaceConfig;
    readonly secretStore: SecretStoreConfig;
}

/** Maximum length of the name of a namespace, such as `<namespace>-<release>-secrets`. */
const LONGEST_NAME = 63;

/**
 * Conditions on the namespace: its settings have an effect, its name is allowed, and derived names are short enough.
 */
export const namespaceRules: readonly Rule<Settings>[] = [
    ({ adopt, namespace }) => {
        const { annotations, create, labels, podSecurity } = namespace;
        const why = adopt === undefined ? "keep:namespace.create is false" : "keep:adopt names a namespace that exists";
        const unused = (name: string, isGiven: boolean) =>
            isGiven &&
            issue(`namespace.${name}`, `has no effect: ${why}. Set it on the namespace itself, and remove it here`);
        return create && adopt === undefined
            ? []
            : [
                  unused("podSecurity", podSecurity !== undefined),
                  unused("labels", Object.keys(labels).length > 0),
                  unused("annotations", Object.keys(annotations).length > 0),
              ];
    },
    (config) => {
        const { adopt, namespace } = config;
        const { namespace: value } = releaseOf(config);
        return [
            namespace.create &&
                adopt === undefined &&
                isSystemNamespace(value) &&
                issue(
                    namespace.name === undefined ? "release" : "namespace.name",
                    "is a name that Kubernetes or OpenShift reserves for namespaces of its own, so this stack cannot create it. Choose another name",
                    { value },
                ),
        ];
    },
    (config) => {
        const { adopt, namespace, secretStore } = config;
        const name = clusterName(releaseOf(config), "secrets");
        return [
            secretStore.kind === "kubernetes" &&
                secretStore.namespace === undefined &&
                adopt === undefined &&
                name.length > LONGEST_NAME &&
                issue(
                    namespace.name === undefined ? "release" : "namespace.name",
                    `makes the namespace of Keep's credentials ${name.length} characters long (${name}), and Kubernetes allows ${LONGEST_NAME}. Shorten it, or name a namespace in keep:secretStore.namespace`,
                    { value: namespace.name ?? config.release },
                ),
        ];
    },
];

/** Creates the namespace of the release, unless `create` is false. */
export function createNamespace(
    name: string,
    release: Release,
    config: NamespaceConfig,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { annotations, create, labels } = config;
    if (!create) {
        return [];
    }
    const level = podSecurityOf(config);
    const enforce: Record<string, string> = level === undefined ? {} : { "pod-security.kubernetes.io/enforce": level };
    const metadata = {
        name: release.namespace,
        labels: { ...labels, ...scopeOf(release, "namespace").labels, ...enforce },
        annotations,
    };
    return [new k8s.core.v1.Namespace(name, { metadata }, opts)];
}
