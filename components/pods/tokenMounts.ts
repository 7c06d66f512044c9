import { posix } from "node:path";

import * as z from "zod";

import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type EnvTier, envTiers } from "../secrets/settings";

/**
 * Directories of tokens: of the ServiceAccount, of EKS' two webhooks and of Azure's. A cluster adds the last three by the identity of
 * the account, of which the settings need to say nothing (https://github.com/aws/amazon-eks-pod-identity-webhook,
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html, https://azure.github.io/azure-workload-identity/docs/).
 */
const TOKENS = [
    "/var/run/secrets/kubernetes.io/serviceaccount",
    "/var/run/secrets/eks.amazonaws.com/serviceaccount",
    "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount",
    "/var/run/secrets/azure/tokens",
];

/** Volumes that the kubelet fills, and mounts read-only. */
const FILLED = ["configMap", "downwardAPI", "projected", "secret"];

const mount = z.looseObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().nullish() });
const container = z.looseObject({ volumeMounts: z.array(mount).nullish() });

/** The mounts of a tier, and the volumes by which they are read-only. */
const mounting = z.looseObject({
    initContainers: z.array(container),
    sidecars: z.array(container),
    volumes: z.array(z.looseObject({ name: z.string() })),
    volumeMounts: z.array(mount),
});

/**
 * Conditions on mounts above tokens: the runtime creates the token's directory inside of them, which fails if they are read-only
 * (https://github.com/kubernetes/kubernetes/issues/65835). They hold without a token, too, so that an identity can be added later.
 */
export const tokenMountRules: readonly Rule<Readonly<Record<EnvTier, object>>>[] = envTiers.map((tier) => (config) => {
    const { data } = mounting.safeParse(config[tier]);
    if (data === undefined) {
        return [];
    }
    const { initContainers, sidecars, volumes, volumeMounts } = data;
    const containers = [
        { path: [tier], mounts: volumeMounts },
        ...Object.entries({ initContainers, sidecars }).flatMap(([key, list]) =>
            list.map((one, index) => ({ path: [tier, key, String(index)], mounts: one.volumeMounts ?? [] })),
        ),
    ];
    return containers.flatMap(({ path, mounts }) =>
        mounts.flatMap(({ mountPath, name, readOnly }, index) =>
            hidesToken(mountPath, readOnly === true, volumes.find((volume) => volume.name === name) ?? {})
                ? [
                      issue(
                          [...path, "volumeMounts", String(index), "mountPath"],
                          "is read-only and contains the directories of service-account tokens, so pods with a token would not start. Use another path, such as /run/secrets/app",
                          { value: mountPath },
                      ),
                  ]
                : [],
        ),
    );
});

function hidesToken(mountPath: string, readOnly: boolean, volume: object): boolean {
    const directory = posix.resolve("/", mountPath);
    // In nearly all images, /var/run is a link to /run.
    const isLinked = isAboveToken(`/var${directory}`);
    // The kubelet creates the directory in volumes that it fills, if the token's path begins with the one of the mount
    // (pkg/volume/util/nested_volumes.go of Kubernetes).
    return isFilled(volume) ? isLinked : (isLinked || isAboveToken(directory)) && (readOnly || isReadOnly(volume));
}

function isAboveToken(directory: string): boolean {
    return TOKENS.some((token) => token.startsWith(`${directory}/`));
}

function isFilled(volume: object): boolean {
    return Object.entries(volume).some(([source, value]) => FILLED.includes(source) && value !== null);
}

function isReadOnly(volume: object): boolean {
    return Object.entries(volume).some(
        ([source, value]: [string, unknown]) =>
            typeof value === "object" &&
            value !== null &&
            (source === "image" || ("readOnly" in value && value.readOnly === true)),
    );
}
