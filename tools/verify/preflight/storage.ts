import { isRecord } from "../../inProcess/secrets";
import type { Check } from "./cluster";

const IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

/**
 * Checks that the cluster has a default StorageClass, if a claim needs it. Explicit classes are checked with all other
 * references.
 */
export const storageFindings: Check = async ({ cluster, manifests }) => {
    const claims = manifests.filter(
        ({ kind, content: { spec } }) =>
            kind === "PersistentVolumeClaim" &&
            isRecord(spec) &&
            spec.storageClassName === undefined &&
            spec.volumeName === undefined,
    );
    if (claims.length === 0) {
        return { passed: "no claim depends on a default class" };
    }
    const classes = await cluster.list("storage.k8s.io/v1", "StorageClass");
    const defaults = classes.filter(({ metadata }) => metadata?.annotations?.[IS_DEFAULT] === "true");
    const names = claims.map(({ name }) => name).join(", ");
    return {
        passed: `${names}: class ${defaults.map(({ metadata }) => metadata?.name).join(", ")}`,
        failed:
            defaults.length > 0
                ? []
                : [
                      {
                          problem:
                              `the cluster has no default StorageClass, and ${names} need one: their pods would stay Pending. ` +
                              "Set volume.storageClass, or make a class the default",
                          next: "kubectl get storageclass",
                      },
                  ],
    };
};
