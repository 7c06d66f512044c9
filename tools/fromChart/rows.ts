import { engineNote } from "./connection";
import { databaseRows } from "./databaseRows";
import { ingressRows } from "./ingressRows";
import { at, converted, dropped, isEmpty, isRecord, list, moved, type Row, text } from "./row";
import { applicationRows, tierRows } from "./tierRows";

/** Version of the chart that the rows describe. */
export const CHART_VERSION = "0.1.93";

const OWN_NAMES = "Object names follow from keep:release.";

/** Every value of the chart's values.yaml, and those that its templates read without a default there. */
export const rows: readonly Row[] = [
    moved("namespace", "namespace.name", "keep"),
    moved("namespaceOverride", "namespace.name", "alerting"),
    dropped("nameOverride", OWN_NAMES, "keep"),
    moved("fullnameOverride", "release", "alerts"),
    moved("additionalLabels", "labels", { team: "ops" }),
    moved("serviceAccount.create", "serviceAccount.create", false),
    moved("serviceAccount.annotations", "serviceAccount.annotations", { role: "keep" }),
    moved("serviceAccount.name", "serviceAccount.name", "keep-account"),
    dropped("openAiApi.enabled", "AI features are on when keep:openaiApiKey is set.", true),
    converted("openAiApi.openAiApiKey", "keep:openaiApiKey (secret)", "sk-1", (value, values) =>
        at(values, "openAiApi.enabled") === true && !isEmpty(value)
            ? [{ secret: "openaiApiKey", value: String(value) }]
            : [],
    ),
    ...ingressRows,
    converted("isGKE", "keep:ingress.kind (gce)", true, (value) =>
        value === true ? [{ set: "ingress.kind", value: "gce" }] : [],
    ),

    dropped("backend.enabled", "There is no Keep without its API.", true),
    dropped(
        "backend.waitForDatabase",
        "The setup step runs first, and fails in plain words when the database cannot be reached.",
        { enabled: true },
    ),
    converted(
        "backend.databaseConnectionStringFromSecret",
        "keep:database.urlSecret",
        { enabled: true, secretName: "database", secretKey: "url" },
        (value, values) =>
            isRecord(value) && value.enabled === true
                ? [
                      {
                          set: "database",
                          value: {
                              kind: "external",
                              urlSecret: { name: text(value.secretName), key: text(value.secretKey) },
                          },
                      },
                      engineNote(values),
                  ]
                : [],
    ),
    converted("backend.provision.providers", "keep:providers (secret)", { mock: { type: "mock" } }, (value) =>
        isEmpty(value) ? [] : [{ secret: "providers", value: JSON.stringify(value) }],
    ),
    converted("backend.provision.workflows", "keep:provision.workflows", [{ id: "hello" }], (value) =>
        list(value).length === 0
            ? []
            : [
                  { set: "provision.workflows", value: "provision/workflows" },
                  {
                      note: "backend.provision.workflows: put each workflow into a file of provision/workflows, under the top-level key workflow.",
                  },
              ],
    ),
    ...tierRows("backend"),
    ...applicationRows("backend"),
    moved("backend.extraInitContainers", "backend.initContainers", [{ name: "first", image: "busybox:1.37" }]),
    moved("backend.command", "backend.command", ["gunicorn"]),
    moved("backend.args", "backend.args", ["--help"]),

    dropped("frontend.enabled", "The user interface is part of every Keep; keep:frontend.replicas may be 0.", true),
    ...tierRows("frontend"),
    ...applicationRows("frontend"),
    dropped("frontend.serviceAccount", "The user interface has no rights in the cluster, and so no account.", {
        create: true,
    }),
    moved("frontend.extraContainers", "frontend.sidecars", [{ name: "beside", image: "busybox:1.37" }]),
    dropped("frontend.extraPorts", "Sidecars bring their ports; a Service for them is a resource of your own.", [
        { name: "extra" },
    ]),
    dropped("frontend.service.nodePort", "Kubernetes picks the node port.", 30000),

    converted("websocket.enabled", "keep:websocket.kind", false, (value) =>
        value === false ? [{ set: "websocket", value: { kind: "none" } }] : [],
    ),
    ...tierRows("websocket"),
    dropped("websocket.serviceAccount", "Soketi has no rights in the cluster, and so no account.", { create: true }),

    ...databaseRows,
    dropped(
        "deleteSecretJob",
        "Keep's own Secrets are in a namespace of their own, which pulumi destroy removes: no Job, no kubectl image.",
        {
            image: { tag: "latest" },
        },
    ),
];

/** The row that speaks of a path: the one with the longest path that it lies on. */
export function rowOf(path: string): Row | undefined {
    return rows
        .filter(({ value }) => path === value || path.startsWith(`${value}.`))
        .sort((a, b) => b.value.length - a.value.length)[0];
}
