import { posix } from "node:path";

import * as z from "zod";

import { componentsWith } from "../component";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type EnvTier, envTiers } from "../secrets/settings";
import { type SecretStoreConfig, usesToken } from "../secretStore/settings";

/**
 * Directories above the token of a ServiceAccount, which is at /var/run/secrets/kubernetes.io/serviceaccount. In nearly all images,
 * /var/run is a link to /run.
 */
const ABOVE_TOKEN = ["/run", "/run/secrets", "/run/secrets/kubernetes.io"];

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

/** Tiers whose containers all get the token that some secret stores need. */
const tiers = envTiers.filter((tier) => (componentsWith("process") as readonly string[]).includes(tier));

/**
 * Conditions on mounts above the token: the runtime creates the token's directory inside of them, which fails if they are read-only
 * (https://github.com/kubernetes/kubernetes/issues/65835).
 */
export const tokenMountRules: readonly Rule<
    Readonly<Record<EnvTier, object>> & { readonly secretStore: Pick<SecretStoreConfig, "kind"> }
>[] = tiers.map((tier) => (config) => {
    const { data } = mounting.safeParse(config[tier]);
    if (data === undefined || !usesToken(config.secretStore)) {
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
                          "is read-only and contains the directory of the service account's token, so these pods would not start. Use another path, such as /run/secrets/app",
                          { value: mountPath },
                      ),
                  ]
                : [],
        ),
    );
});

function hidesToken(mountPath: string, readOnly: boolean, volume: object): boolean {
    const directory = posix.resolve("/", mountPath);
    const inRun = directory.replace(/^\/var(?=\/run(\/|$))/, "");
    // The kubelet creates the directory in volumes that it fills, if the token's path begins with the one of the mount
    // (pkg/volume/util/nested_volumes.go of Kubernetes).
    return ABOVE_TOKEN.includes(inRun) && (isFilled(volume) ? inRun === directory : readOnly || isReadOnly(volume));
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
