import { isRecord } from "../../tools/inProcess/secrets";
import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import { fieldOf, immutableFields } from "../../tools/preview/immutable";
import { envOf, type KubernetesObject, objectsOf, podsOf } from "./objects";

/** An object whose deletion loses data. */
interface Holder {
    readonly urn: string;
    /** Its name in the cluster. */
    readonly id: string;
    /** Fields for which Pulumi replaces it. */
    readonly fields: string;
    readonly isRetained: boolean;
    /** What is lost with it, as the guard names it. */
    readonly names: readonly string[];
    /** Name of a namespace. */
    readonly namespace?: string | undefined;
}

/** The data of a deployment. */
export interface Data {
    readonly holders: readonly Holder[];
    /** Namespaces of its pods. */
    readonly inhabited: ReadonlySet<string>;
}

const CLAIMS = ["Cluster", "PersistentVolumeClaim"];
const REMOVAL = "pulumi-nodejs:dynamic/keep:SecretRemoval";

/** The objects of a deployment that hold data. */
export function dataOf(resources: readonly RecordedResource[]): Data {
    const objects = objectsOf(resources);
    const contents = [...objects.filter(({ kind }) => CLAIMS.includes(kind)).map(placeOf), ...mountedClaims(resources)];
    const credentials = credentialsOf(resources);
    return {
        holders: [
            ...objects
                .filter(({ kind }) => [...CLAIMS, "Namespace", "PersistentVolume", "StatefulSet"].includes(kind))
                .map((object) => ({
                    ...holder(object.resource, object.id, fieldsOf(object), namesOf(object, contents, credentials)),
                    namespace: object.kind === "Namespace" ? object.name : undefined,
                })),
            // Its deletion, also for another namespace, deletes the credentials.
            ...resources
                .filter(({ type }) => type === REMOVAL)
                .map((resource) =>
                    holder(resource, "", resource.inputs.namespace, [`kubernetes/${credentials ?? ""}`]),
                ),
        ],
        inhabited: new Set(podsOf(resources).map(({ owner }) => owner.namespace ?? "")),
    };
}

/**
 * What Pulumi would delete or replace between two deployments, as the guard names it. A retained object is not deleted, but cannot be
 * replaced by one of the same name.
 */
export function lossesBetween(before: Data, after: Data): string[] {
    const kept = new Map(after.holders.map((holder) => [holder.urn, holder]));
    return before.holders
        .filter(({ urn, fields }) => kept.get(urn)?.fields !== fields)
        .filter(({ urn, id, isRetained }) => !isRetained || kept.get(urn)?.id === id)
        .flatMap(({ names, namespace }) =>
            namespace !== undefined && after.inhabited.has(namespace)
                ? [`the namespace ${namespace} with everything in it`]
                : names,
        );
}

function holder({ urn, retained }: RecordedResource, id: string, fields: unknown, names: readonly string[]): Holder {
    return { urn, id, fields: JSON.stringify(fields), isRetained: retained, names };
}

function namesOf(object: KubernetesObject, contents: readonly string[], credentials: string | undefined): string[] {
    switch (object.kind) {
        case "Namespace":
            return [
                ...contents.filter((place) => place.startsWith(`${object.name}/`)),
                ...(credentials === object.name ? [`kubernetes/${credentials}`] : []),
            ];
        case "PersistentVolume":
            return [placeOf(object.spec.claimRef as { name: string; namespace: string })];
        default:
            return [placeOf(object)];
    }
}

function placeOf({ namespace = "", name }: { readonly name: string; readonly namespace?: string | undefined }): string {
    return `${namespace}/${name}`;
}

/** Claims that others created, by the pods that mount them. */
function mountedClaims(resources: readonly RecordedResource[]): string[] {
    return podsOf(resources).flatMap(({ owner: { namespace }, spec: { volumes = [] } }) =>
        volumes.flatMap(({ persistentVolumeClaim: claim }) =>
            claim === undefined ? [] : [placeOf({ namespace, name: claim.claimName })],
        ),
    );
}

/** Namespace of the credentials of providers. */
function credentialsOf(resources: readonly RecordedResource[]): string | undefined {
    return podsOf(resources)
        .flatMap(({ spec: { containers } }) => containers.map((container) => envOf(container).K8S_NAMESPACE))
        .find((namespace) => namespace !== undefined);
}

function fieldsOf({ kind, name, resource: { inputs } }: KubernetesObject): unknown[] {
    const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
    const content = { ...inputs, kind, metadata: { ...metadata, name } };
    return immutableFields(kind).map((path) => fieldOf(content, path));
}
