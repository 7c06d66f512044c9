import * as z from "zod";

import { amountOf } from "../quantity";
import { checkPersistentVolume } from "./persistentVolume";
import {
    annotationMap,
    choiceOf,
    dnsLabel,
    exactlyOne,
    fields,
    fileMode,
    isGiven,
    labelMap,
    name,
    number,
    path,
    relativePath,
    type ValueRules,
} from "./values";

const ACCESS_MODES = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];
const accessModes = z
    .array(choiceOf(ACCESS_MODES, false))
    .min(1, { error: "is empty. Name an access mode" })
    .refine((modes) => modes.length === 1 || !modes.includes("ReadWriteOncePod"), {
        error: "has ReadWriteOncePod beside another mode, which Kubernetes rejects. Use it alone, or remove it",
    });

/** Name of a driver (pkg/apis/core/validation, ValidateCSIDriverName). */
const driver = z.string().regex(/^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/i, {
    error: "is not the name of a driver. Write it like ebs.csi.aws.com",
});

const size = z
    .union([z.string(), z.number()])
    .transform(String)
    .refine((text) => amountOf(text) > 0, {
        error: "is no size. Write it like 10Gi",
    });
const lun = number(0, 255);
const absolute = z.string().regex(/^\//, { error: "is not an absolute path. Begin it with a slash" });
const hostPath = fields(
    {
        path,
        type: choiceOf([
            "DirectoryOrCreate",
            "Directory",
            "FileOrCreate",
            "File",
            "Socket",
            "CharDevice",
            "BlockDevice",
        ]),
    },
    ["path"],
);
const iscsi = fields(
    {
        iqn: z.string().regex(/^(iqn\.\d{4}-\d{2}\.[a-z0-9.-]+(:[^,;*&$|\s]+)?|(eui|naa)\.[0-9A-Fa-f]+)$/, {
            error: "is not a name of iSCSI. Write it like iqn.2001-04.com.example:storage",
        }),
        lun,
    },
    ["targetPortal", "iqn", "lun"],
);
/** Without an API group it is a claim (pkg/apis/core/validation, validateDataSource). */
const dataSource = fields({ apiGroup: name, name, kind: z.string() }, ["kind", "name"]).refine(
    ({ apiGroup, kind }) => isGiven(apiGroup) || kind === "PersistentVolumeClaim",
    { error: "needs apiGroup for another kind than PersistentVolumeClaim. Set it" },
);
const needs = (...names: readonly string[]) => fields({}, names);
const objectOf = fields({ name }, ["name"]);
/** A reference to an object of another namespace. */
const secretOf = fields({ name, namespace: dnsLabel }, ["name", "namespace"]);
const objectWithFiles = fields({ name, defaultMode: fileMode }, ["name"]);

type Files = { readonly items?: readonly { readonly path?: string }[] | null } | null;

/** Sources of a projected volume that name the path of each file. */
interface Projection {
    readonly configMap?: Files;
    readonly downwardAPI?: Files;
    readonly secret?: Files;
}

/** Volumes of a pod, and volumes of a cluster (pkg/apis/core/validation/validation.go). */
export const volumeRules: ValueRules = {
    V1Volume: exactlyOne("any", { name: dnsLabel }).refine((volume) => isGiven(volume.name), {
        error: "is missing. Set it",
        path: ["name"],
    }),
    V1PersistentVolumeSpec: fields({
        accessModes,
        persistentVolumeReclaimPolicy: choiceOf(["Retain", "Delete", "Recycle"]),
        storageClassName: z.string().refine((text) => text === "" || name.safeParse(text).success, {
            error: "is not the name of a storage class. Use lower-case letters, digits and dashes",
        }),
        volumeAttributesClassName: name,
        volumeMode: choiceOf(["Filesystem"], false),
    }).superRefine(checkPersistentVolume),
    V1VolumeNodeAffinity: needs("required"),
    V1EmptyDirVolumeSource: fields({
        medium: z.string().regex(/^(Memory|HugePages(-[0-9]+[KMGT]i)?)?$/, {
            error: "is not a known value. Use Memory or HugePages, or leave it out",
        }),
        sizeLimit: z.union([z.string(), z.number()]).refine((size) => !String(size).startsWith("-"), {
            error: "is negative. Write it like 1Gi",
        }),
    }),
    V1HostPathVolumeSource: hostPath,
    V1LocalVolumeSource: fields({ path }, ["path"]),
    V1SecretVolumeSource: fields({ secretName: name, defaultMode: fileMode }, ["secretName"]),
    V1ConfigMapVolumeSource: objectWithFiles,
    V1ConfigMapProjection: objectOf,
    V1SecretProjection: objectOf,
    V1DownwardAPIVolumeSource: fields({ defaultMode: fileMode }),
    V1ProjectedVolumeSource: fields({ defaultMode: fileMode }).superRefine(({ sources }, context) => {
        const paths = ((sources ?? []) as readonly Projection[]).flatMap(({ configMap, downwardAPI, secret }) =>
            [configMap, downwardAPI, secret].flatMap((source) => (source?.items ?? []).map(({ path: file }) => file)),
        );
        const repeated = paths.find((file, index) => paths.indexOf(file) !== index);
        if (repeated !== undefined) {
            const message = `writes the file ${repeated} twice. Give each item a path of its own`;
            context.addIssue({ code: "custom", path: ["sources"], message });
        }
    }),
    V1VolumeProjection: exactlyOne([
        "clusterTrustBundle",
        "configMap",
        "downwardAPI",
        "podCertificate",
        "secret",
        "serviceAccountToken",
    ]),
    V1ServiceAccountTokenProjection: fields({ path: relativePath, expirationSeconds: number(600, 2 ** 31 - 1) }, [
        "path",
    ]),
    V1PersistentVolumeClaimVolumeSource: fields({ claimName: name }, ["claimName"]),
    V1EphemeralVolumeSource: needs("volumeClaimTemplate"),
    V1PersistentVolumeClaimTemplate: fields({
        metadata: z.strictObject({ annotations: annotationMap.nullish(), labels: labelMap.nullish() }),
    }).refine(({ spec }) => isGiven(spec), { error: "is missing. Set it", path: ["spec"] }),
    V1PersistentVolumeClaimSpec: fields(
        {
            accessModes,
            volumeMode: choiceOf(["Filesystem"], false),
            volumeAttributesClassName: name,
            volumeName: name,
            dataSource,
            dataSourceRef: dataSource,
            storageClassName: z.string().refine((text) => text === "" || name.safeParse(text).success, {
                error: "is not the name of a storage class. Use lower-case letters, digits and dashes",
            }),
        },
        ["accessModes", "resources"],
    ),
    V1VolumeResourceRequirements: fields({ requests: z.looseObject({ storage: size }) }, ["requests"]),
    V1NFSVolumeSource: fields({ path: absolute }, ["server", "path"]),
    V1CSIVolumeSource: fields({ driver, nodePublishSecretRef: objectOf }, ["driver"]),
    V1CSIPersistentVolumeSource: fields(
        {
            driver,
            controllerExpandSecretRef: secretOf,
            controllerPublishSecretRef: secretOf,
            nodeExpandSecretRef: secretOf,
            nodePublishSecretRef: secretOf,
            nodeStageSecretRef: secretOf,
        },
        ["driver", "volumeHandle"],
    ),
    V1ImageVolumeSource: fields({ pullPolicy: choiceOf(["Always", "IfNotPresent", "Never"]) }, ["reference"]),
    V1GitRepoVolumeSource: fields({ directory: relativePath }, ["repository"]),
    V1ISCSIVolumeSource: iscsi,
    V1ISCSIPersistentVolumeSource: iscsi,
    V1FCVolumeSource: fields({ lun }).refine(
        ({ lun: unit, targetWWNs, wwids }) => isGiven(wwids) !== (isGiven(targetWWNs) && isGiven(unit)),
        { error: "needs either targetWWNs and lun, or wwids. Give one of the two" },
    ),
    V1AWSElasticBlockStoreVolumeSource: fields({ partition: lun }, ["volumeID"]),
    V1GCEPersistentDiskVolumeSource: fields({ partition: lun }, ["pdName"]),
    V1AzureDiskVolumeSource: needs("diskName", "diskURI"),
    V1AzureFileVolumeSource: needs("secretName", "shareName"),
    V1AzureFilePersistentVolumeSource: needs("secretName", "shareName"),
    V1CephFSVolumeSource: needs("monitors"),
    V1CephFSPersistentVolumeSource: needs("monitors"),
    V1CinderVolumeSource: needs("volumeID"),
    V1CinderPersistentVolumeSource: needs("volumeID"),
    V1FlexVolumeSource: needs("driver"),
    V1FlexPersistentVolumeSource: needs("driver"),
    V1GlusterfsVolumeSource: needs("endpoints", "path"),
    V1GlusterfsPersistentVolumeSource: needs("endpoints", "path"),
    V1PhotonPersistentDiskVolumeSource: needs("pdID"),
    V1PortworxVolumeSource: needs("volumeID"),
    V1QuobyteVolumeSource: needs("registry", "volume"),
    V1RBDVolumeSource: needs("monitors", "image"),
    V1RBDPersistentVolumeSource: needs("monitors", "image"),
    V1ScaleIOVolumeSource: needs("gateway", "system", "volumeName"),
    V1ScaleIOPersistentVolumeSource: needs("gateway", "system", "volumeName"),
    V1StorageOSVolumeSource: needs("volumeName"),
    V1StorageOSPersistentVolumeSource: needs("volumeName"),
    V1VsphereVirtualDiskVolumeSource: needs("volumePath"),
};
