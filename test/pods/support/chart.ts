import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

import { parseAllDocuments, stringify } from "yaml";
import { z } from "zod";

import type { KubernetesObject } from "../../cluster/api/client";
import { PUBLISHED } from "../published";

/** Environment by which `run.ts` hands on the chart of `--chart`, and the helm that renders it. */
export const CHART_VARIABLE = "KEEP_CHART";
export const HELM_VARIABLE = "KEEP_HELM";

const rendered = z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string(), annotations: z.record(z.string(), z.string()).nullish() }),
});

/** Why the chart is not compared with, in one line; undefined where it is. */
export function whyNoChart(): string | undefined {
    const folder = process.env[CHART_VARIABLE];
    if (folder === undefined) return "Keep's Helm chart is left out: --chart <folder of charts/keep> was not given.";
    return existsSync(path.join(folder, "Chart.yaml"))
        ? undefined
        : `Keep's Helm chart is left out: no chart in ${folder}.`;
}

/** What `helm install keep` sends for Keep's Helm chart with PostgreSQL and the images that this project deploys. */
export function chartObjects(values: object = CHART_VALUES): readonly KubernetesObject[] {
    const [chart = "", helm = ""] = [process.env[CHART_VARIABLE], process.env[HELM_VARIABLE]];
    const text = execFileSync(helm, ["template", "keep", chart, "--namespace", "keep", "--values", "-"], {
        input: stringify(values),
        encoding: "utf8",
    });
    const objects = parseAllDocuments(text)
        .map((document) => document.toJS() as unknown)
        .filter((object) => object !== null)
        .map((object) => rendered.parse(object))
        .filter(({ metadata }) => metadata.annotations?.["helm.sh/hook"] === undefined);
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "keep" } };
    return [
        namespace,
        ...objects.map((object) =>
            object.kind === "PersistentVolume"
                ? object
                : { ...object, metadata: { ...object.metadata, namespace: "keep" } },
        ),
    ];
}

/** Password of PostgreSQL's user in those values. */
export const CHART_PASSWORD = "masked";

const [database = "", databaseTag = ""] = PUBLISHED.postgres.reference.split(":");
const tagOf = (reference: string) => reference.split(":").at(-1);

/** The chart's defaults, except for PostgreSQL in the place of MySQL, tags that are fixed, and a root that is not needed. */
export const CHART_VALUES = {
    global: { ingress: { enabled: false } },
    backend: {
        image: { tag: tagOf(PUBLISHED.backend.reference), pullPolicy: "IfNotPresent" },
        // Its own image for that has no tag; this waits for the same.
        waitForDatabase: { enabled: false },
        extraInitContainers: [
            {
                name: "wait-for-database",
                image: PUBLISHED.backend.reference,
                command: ["bash", "-c", "until (: </dev/tcp/keep-database/5432) 2>/dev/null; do sleep 1; done"],
                // A stack that adopts the release takes it over, into a namespace that restricts its pods.
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            },
        ],
        env: Object.entries({
            DATABASE_CONNECTION_STRING: `postgresql+psycopg2://postgres:${CHART_PASSWORD}@keep-database:5432/keep`,
            DATABASE_NAME: "keep-database",
            SECRET_MANAGER_TYPE: "k8s",
            PORT: "8080",
            PUSHER_APP_ID: "1",
            PUSHER_APP_KEY: "keepappkey",
            PUSHER_APP_SECRET: "keepappsecret",
            PUSHER_HOST: "keep-websocket",
            PUSHER_PORT: "6001",
            PROMETHEUS_MULTIPROC_DIR: "/tmp/prometheus",
        }).map(([name, value]) => ({ name, value })),
    },
    frontend: { image: { tag: tagOf(PUBLISHED.frontend.reference), pullPolicy: "IfNotPresent" } },
    websocket: { image: { tag: tagOf(PUBLISHED.websocket.reference), pullPolicy: "IfNotPresent" } },
    database: {
        type: "postgres",
        nodeSelector: { "kubernetes.io/hostname": "node-1" },
        pv: { enabled: false },
        podSecurityContext: { runAsUser: 999, runAsGroup: 999, fsGroup: 999 },
        postgres: {
            image: { repository: database, tag: databaseTag },
            env: Object.entries({
                POSTGRES_DB: "keep",
                POSTGRES_PASSWORD: CHART_PASSWORD,
                // A file system has lost+found at its root.
                PGDATA: "/var/lib/postgresql/data/pgdata",
            }).map(([name, value]) => ({ name, value })),
        },
    },
};
