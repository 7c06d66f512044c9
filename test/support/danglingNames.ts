import { textLeaves } from "../../components/settings/textLeaves";
import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import { objectsOf, podsOf } from "./objects";

/** Kinds by the last field of the path of their name in a pod. */
const KINDS: readonly (readonly [RegExp, string])[] = [
    [/^serviceAccountName$/, "ServiceAccount"],
    [/\.claimName$/, "PersistentVolumeClaim"],
    [/\.secretName$|\.(secret|secretKeyRef|secretRef)\.name$|^imagePullSecrets\.\d+\.name$/, "Secret"],
    [/\.(configMap|configMapKeyRef|configMapRef)\.name$/, "ConfigMap"],
];

/** The objects that pods name, and those of the same kinds that Pulumi may delete. */
export interface Names {
    readonly named: ReadonlySet<string>;
    readonly all: readonly string[];
    readonly deletable: readonly string[];
}

/** The names in a deployment. */
export function namesIn(resources: readonly RecordedResource[]): Names {
    const objects = objectsOf(resources).filter(({ kind }) => KINDS.some(([, known]) => known === kind));
    return {
        named: new Set(
            podsOf(resources).flatMap(({ owner: { namespace }, spec }) =>
                textLeaves(spec).flatMap(({ path, text }) =>
                    KINDS.filter(([field]) => field.test(path.join("."))).map(
                        ([, kind]) => `${kind} ${namespace ?? "-"}/${text}`,
                    ),
                ),
            ),
        ),
        all: objects.map(({ id }) => id),
        deletable: objects.filter(({ resource }) => !resource.retained).map(({ id }) => id),
    };
}

/** Objects that Pulumi deletes between two deployments, although pods of the second one name them. */
export function danglingBetween(before: Names, after: Names): string[] {
    return before.deletable.filter((id) => after.named.has(id) && !after.all.includes(id));
}
