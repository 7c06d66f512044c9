import assert from "node:assert/strict";

import type { Written } from "../support/config";
import { type Change, earlierState, problemsAfter, problemsOn, refusesAfter, takesAfter } from "../support/deployed";

const adopting: Written = {
    adopt: { helmRelease: "keep", namespace: "keep" },
    database: { kind: "postgres" },
    databasePassword: "p",
};

const postgres = (volume: object = {}) => ({ database: { kind: "postgres", volume } });
const parted = (claim: string, rest: string) =>
    `keep:database disconnects Keep from its data in the volume ${claim}${rest}. To keep the data, undo the change of the kind, the release, the namespace, the volume or keep:adopt. To use another database, move the data, then add ${claim} to keep:allow.abandon (docs/upgrade.md).`;
const external = (engine: string) => ({
    database: { kind: "external", engine, host: "db.example.com" },
    databasePassword: "p",
});
const leftBehind = (engine: string) =>
    `keep:database disconnects Keep from its data in the external database (${engine}), and starts empty. Undo the change of the kind or the engine; or, if Keep may start empty, add external/${engine} to keep:allow.abandon (docs/upgrade.md).`;
const DELETED = ", which is deleted unless it is retained";

const replaced = (field: string, now: string | undefined, was: string) =>
    `keep:database.volume.${field} ${now === undefined ? "" : `(${now}) `}is not ${was}, as in keep/keep-postgres: Pulumi would delete the volume with its data and create an empty one. Undo the change; or move the data, then add keep/keep-postgres to keep:allow.abandon (docs/upgrade.md).`;

const onNfs = (path: string) => ({ nfs: { server: "nfs.example.com", path } });
const elsewhere =
    "keep:database.volume.persistentVolume is not that of keep/keep-postgres: Pulumi would delete the volume with its data and create an empty one. Undo the change; or move the data, then add keep/keep-postgres to keep:allow.abandon (docs/upgrade.md).";

const LOST = ", which are deleted unless they are retained";
const forgotten = (was: string, now: string) =>
    `keep:secretStore disconnects Keep from the credentials of its providers in ${was}, and starts with ${now}. Undo the change of its kind, its settings, the release or the namespace; or copy the credentials, then set keep:allow.secretStoreFrom to ${was.split(",")[0]} (docs/upgrade.md).`;
const defaulted = (was: string) =>
    `keep:ingress.kind is not set. It was ${was} at the last deployment, and would now be traefik by default, so another controller would have to answer at keep:publicUrl. Set it to ${was} to change nothing; or move to traefik without an outage (docs/ingress.md).`;
const REFUSED: Readonly<Record<string, Change>> = {
    "another kind of database": [
        { database: { kind: "sqlite" } },
        postgres(),
        parted("keep/keep-sqlite", `${DELETED}, and starts with keep/keep-postgres`),
    ],
    "a database elsewhere": [
        postgres(),
        {
            database: { kind: "external", engine: "postgres" },
            databaseUrl: "postgresql+psycopg2://keep:masked@db.example.com/keep",
        },
        parted("keep/keep-postgres", DELETED),
    ],
    "a database in the cluster instead of an external one": [external("postgres"), postgres(), leftBehind("postgres")],
    "an external database of another engine": [external("postgres"), external("mysql"), leftBehind("postgres")],
    "another namespace": [
        postgres(),
        { ...postgres(), namespace: { name: "alerting" } },
        parted("keep/keep-postgres", `${DELETED}, and starts with alerting/keep-postgres`),
        forgotten(`kubernetes/keep-secrets${LOST}`, "kubernetes/alerting-keep-secrets"),
    ],
    "another release": [
        postgres(),
        { ...postgres(), namespace: { name: "keep" }, release: "alerts" },
        parted("keep/keep-postgres", `${DELETED}, and starts with keep/alerts-postgres`),
        forgotten(`kubernetes/keep-secrets${LOST}`, "kubernetes/keep-alerts-secrets"),
    ],
    "another claim": [
        postgres({ existingClaim: "old" }),
        postgres({ existingClaim: "new" }),
        parted("keep/old", ", and starts with keep/new"),
    ],
    "the stack's own claim as one that somebody else has made, which would delete it": [
        postgres(),
        postgres({ existingClaim: "keep-postgres" }),
        parted("keep/keep-postgres", DELETED),
    ],
    "an end of keep:adopt": [
        adopting,
        { ...postgres(), databasePassword: "p" },
        parted("keep/keep-pvc", ", and starts with keep/keep-postgres"),
        forgotten("kubernetes/keep", "kubernetes/keep-secrets"),
    ],
    "another storage class, for which Pulumi would delete the claim": [
        postgres({ storageClass: "fast" }),
        postgres({ storageClass: "slow" }),
        replaced("storageClass", '"slow"', "fast"),
    ],
    "a volume of one's own in place of a provisioned one": [
        postgres({ storageClass: "longhorn" }),
        postgres({ storageClass: "longhorn", persistentVolume: onNfs("/a") }),
        elsewhere,
    ],
    "a provisioned volume in place of one's own": [
        postgres({ storageClass: "longhorn", persistentVolume: onNfs("/a") }),
        postgres({ storageClass: "longhorn" }),
        elsewhere,
    ],
    "another source of one's own volume": [
        postgres({ persistentVolume: onNfs("/a") }),
        postgres({ persistentVolume: onNfs("/b") }),
        elsewhere,
    ],
    "no storage class any more": [
        postgres({ storageClass: "fast" }),
        postgres(),
        replaced("storageClass", undefined, "fast"),
    ],
    "no storage class any more, in place of the empty one": [
        postgres({ storageClass: "" }),
        postgres(),
        replaced("storageClass", undefined, '""'),
    ],
    "other access modes": [
        postgres(),
        postgres({ accessModes: ["ReadWriteOncePod"] }),
        replaced("accessModes", '["ReadWriteOncePod"]', "ReadWriteOnce"),
    ],
    "a restored snapshot of the chart's claim, unsaid": [
        adopting,
        { ...adopting, database: { kind: "postgres", volume: { existingClaim: "restored" } } },
        parted("keep/keep-pvc", ", and starts with keep/restored"),
    ],
    "an end of keep:adopt on the chart's claim, where the server would begin beside its data": [
        adopting,
        { ...postgres({ existingClaim: "keep-pvc" }), databasePassword: "p" },
        parted("keep/keep-pvc", ""),
        forgotten("kubernetes/keep", "kubernetes/keep-secrets"),
    ],
    "another kind of ingress by default": [{ ingress: { kind: "nginx" } }, {}, defaulted("nginx")],
    "an ingress by default in the place of none": [
        { publicUrl: "http://localhost:3000", ingress: { kind: "none" } },
        {},
        defaulted("none"),
    ],
    "a smaller disk": [
        postgres({ size: "10Gi" }),
        postgres({ size: "9G" }),
        'keep:database.volume.size ("9G") is smaller than the 10Gi of keep/keep-postgres, and Kubernetes cannot shrink a volume. Use 10Gi or more.',
    ],
    "a smaller disk of backups": [
        { ...postgres(), backup: { kind: "volume", volume: { size: "30Gi" } } },
        { ...postgres(), backup: { kind: "volume", volume: { size: "3Gi" } } },
        'keep:backup.volume.size ("3Gi") is smaller than the 30Gi of keep/keep-backup, and Kubernetes cannot shrink a volume. Use 30Gi or more.',
    ],
};

const TAKEN: Readonly<Record<string, readonly [before: Written, after: Written]>> = {
    "nothing new": [postgres(), postgres()],
    "another kind of database that is meant": [
        { database: { kind: "sqlite" } },
        { ...postgres(), allow: { abandon: ["keep/keep-sqlite"] } },
    ],
    "a database in the cluster instead of an external one that is meant": [
        external("postgres"),
        { ...postgres(), allow: { abandon: ["external/postgres"] } },
    ],
    "another storage class that is meant": [
        postgres({ storageClass: "fast" }),
        { ...postgres({ storageClass: "slow" }), allow: { abandon: ["keep/keep-postgres"] } },
    ],
    "another volume of one's own that is meant": [
        postgres({ persistentVolume: onNfs("/a") }),
        { ...postgres({ persistentVolume: onNfs("/b") }), allow: { abandon: ["keep/keep-postgres"] } },
    ],
    "the source of one's own volume with its keys in another order": [
        postgres({ persistentVolume: { nfs: { server: "nfs.example.com", path: "/a" }, volumeMode: "Filesystem" } }),
        postgres({ persistentVolume: { volumeMode: "Filesystem", nfs: { path: "/a", server: "nfs.example.com" } } }),
    ],
    "other options of the mount of one's own volume": [
        postgres({ persistentVolume: onNfs("/a") }),
        postgres({ persistentVolume: { mountOptions: ["hard"], ...onNfs("/a") } }),
    ],
    "a greater disk": [postgres({ size: "10Gi" }), postgres({ size: "0.5Ti" })],
    "the claim of before": [postgres({ existingClaim: "old" }), postgres({ existingClaim: "old", size: "1Gi" })],
    "the claim of a chart's release": [adopting, adopting],
    "a restored snapshot of it that is meant": [
        adopting,
        {
            ...adopting,
            database: { kind: "postgres", volume: { existingClaim: "restored" } },
            allow: { abandon: ["keep/keep-pvc"] },
        },
    ],
    "the default kind of ingress, as before": [{}, {}],
    "another kind of ingress that is meant": [{ ingress: { kind: "nginx" } }, { ingress: { kind: "traefik" } }],
    "a volume of the backend's own": [
        { backend: { volumes: [{ name: "more", persistentVolumeClaim: { claimName: "mine" } }] } },
        {},
    ],
};

describe("a deployment after another one", () => {
    refusesAfter(REFUSED);
    takesAfter(TAKEN);

    it("is refused where an earlier version, whose default was nginx, has recorded no kind", async () => {
        const earlier = await earlierState({}, "ingress");

        assert.deepEqual(await problemsOn(earlier, {}), [defaulted("nginx")]);
        assert.deepEqual(await problemsOn(earlier, { ingress: { kind: "traefik" } }), []);
    });

    it("is told of all that it would undo at once, beside its other mistakes", async () => {
        const messages = await problemsAfter(
            { ...postgres(), version: "0.55.0" },
            { database: { kind: "sqlite" }, version: "0.54.2" },
        );

        assert.equal(messages.length, 2);
    });
});
