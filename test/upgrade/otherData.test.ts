import type { Written } from "../support/config";
import { refusesAfter, takesAfter } from "../support/deployed";

const postgres = (volume: object = {}): Written => ({ database: { kind: "postgres", volume } });
const QUEUE = { kind: "bundled", volume: {} };
const unqueued = (claim: string) =>
    `keep:redis disconnects Keep from the alerts queued in the volume ${claim}. Undo the change of the kind, the release, the namespace or the volume; or let the workers process the queue, then add ${claim.split(",")[0]} to keep:allow.abandon (docs/upgrade.md).`;
const unnamed = (claim: string) =>
    `keep:database.name ("alerts") is not keep, which contains Keep's data in ${claim}. Undo the change; or rename the database in the server, then add ${claim} to keep:allow.abandon (docs/upgrade.md).`;
const unowned =
    "keep:namespace.create (false) is no longer true: Pulumi would delete the namespace keep with everything in it. Undo the change; or retain the namespace: first deploy with keep:database.volume.retain or keep:backup.kind volume (docs/retained-data.md).";
const external: Written = {
    database: { kind: "external", engine: "postgres" },
    databaseUrl: "postgresql+psycopg2://keep:masked@db.example.com/keep",
    secretStore: { kind: "aws", region: "eu-central-1" },
};
const mounting = {
    ...external,
    backend: { volumes: [{ name: "more", persistentVolumeClaim: { claimName: "mine" } }] },
};
const account = (setting: string, name: string) =>
    `keep:${setting}.name ("${name}") is a ServiceAccount of this stack: Pulumi would delete keep/${name}, and no pod could start with it. Undo the change, and write annotations of the account in keep:${setting}.annotations; or name another account.`;
const ELSEWHERE: Written = { namespace: { name: "alerting" } };

describe("data beside the volume of the database, in a deployment after another one", () => {
    refusesAfter({
        "no volume of Redis any more": [
            { ...postgres(), redis: QUEUE },
            { ...postgres(), redis: { kind: "bundled" } },
            unqueued("keep/keep-redis, which is deleted"),
        ],
        "another claim of Redis": [
            { ...postgres(), redis: { kind: "bundled", volume: { existingClaim: "old" } } },
            { ...postgres(), redis: { kind: "bundled", volume: { existingClaim: "new" } } },
            unqueued("keep/old"),
        ],
        "another name of the database in a server": [
            postgres(),
            { database: { kind: "postgres", name: "alerts" } },
            unnamed("keep/keep-postgres"),
        ],
        "another name of the database in a Cluster": [
            { database: { kind: "cloudnativepg" } },
            { database: { kind: "cloudnativepg", name: "alerts" } },
            unnamed("keep/keep-database"),
        ],
        "the stack's own namespace as one that somebody else has made, which would delete it": [
            postgres(),
            { ...postgres(), namespace: { create: false } },
            unowned,
        ],
        "another namespace in the place of one with a volume of one's own": [
            mounting,
            { ...mounting, ...ELSEWHERE },
            "keep:namespace is not keep, which Pulumi would delete with the volume keep/mine. Undo the change; or move the data, then add keep/mine to keep:allow.abandon (docs/upgrade.md).",
        ],
        "the stack's own account as one that somebody else has made, which would delete it": [
            {},
            { serviceAccount: { create: false, name: "keep-backend" } },
            account("serviceAccount", "keep-backend"),
        ],
        "the account that the stack has made by another name as one that exists": [
            { serviceAccount: { name: "keep-irsa" } },
            { serviceAccount: { create: false, name: "keep-irsa" } },
            account("serviceAccount", "keep-irsa"),
        ],
        "an account of the stack in another component, if the stack makes it no more": [
            { serviceAccount: { name: "keep-irsa" } },
            { frontend: { serviceAccount: { name: "keep-irsa" } } },
            account("frontend.serviceAccount", "keep-irsa"),
        ],
    });
    takesAfter({
        "an account that somebody else has made, by another name": [
            {},
            { serviceAccount: { create: false, name: "keep-irsa" } },
        ],
        "the account that somebody else has made, after it was named": [
            { serviceAccount: { create: false, name: "keep-irsa" } },
            {
                serviceAccount: { create: false, name: "keep-irsa" },
                frontend: { serviceAccount: { name: "keep-irsa" } },
            },
        ],
        "the default names of accounts, written out": [
            postgres(),
            {
                database: { kind: "postgres", serviceAccount: { name: "keep-database" } },
                frontend: { serviceAccount: { name: "keep-frontend" } },
                serviceAccount: { name: "keep-backend" },
            },
        ],
        "an account of the stack in another component": [
            { serviceAccount: { name: "keep-irsa" } },
            { serviceAccount: { name: "keep-irsa" }, frontend: { serviceAccount: { name: "keep-irsa" } } },
        ],
        "the account of a namespace that is left": [
            external,
            { ...external, ...ELSEWHERE, serviceAccount: { create: false, name: "keep-backend" } },
        ],
        "another storage class of a Cluster, for its new servers": [
            { database: { kind: "cloudnativepg" } },
            { database: { kind: "cloudnativepg", volume: { storageClass: "fast" } } },
        ],
        "a volume of Redis that is abandoned": [
            { ...postgres(), redis: QUEUE },
            { ...postgres(), allow: { abandon: ["keep/keep-redis"] } },
        ],
        "the namespace as one that somebody else has made, if it is retained": [
            postgres({ retain: true }),
            { ...postgres(), namespace: { create: false } },
        ],
        "another namespace in the place of one with a volume that is abandoned": [
            mounting,
            { ...mounting, ...ELSEWHERE, allow: { abandon: ["keep/mine"] } },
        ],
        "another namespace in the place of one without data": [external, { ...external, ...ELSEWHERE }],
    });
});
