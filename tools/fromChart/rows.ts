import { noConnectionChanges, urlSecretChanges } from "./connection";
import { databaseRows } from "./databaseRows";
import { ingressRows } from "./ingressRows";
import {
    at,
    type Change,
    type ChartValues,
    converted,
    dropped,
    inVersions,
    isEmpty,
    list,
    moved,
    own,
    type Row,
    SAME,
    text,
    unread,
} from "./row";
import { applicationRows, tierRows } from "./tierRows";

/** What a container needs in a namespace that enforces Pod Security restricted. */
const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** Newest version of the chart whose values the rows describe. */
export const CHART_VERSION = "0.1.97";

const OWN_NAMES = "Object names follow from keep:release.";

/** Every value of the chart's values.yaml, and those that its templates read without a default there. */
export const rows: readonly Row[] = [
    converted("namespace", "keep:namespace.name", "alerting", (value, values) =>
        isEmpty(value)
            ? SAME
            : isEmpty(values.namespaceOverride)
              ? [{ set: "namespace.name", value, from: "namespace" }]
              : [{ value: "namespace", because: "namespaceOverride wins." }],
    ),
    moved("namespaceOverride", "namespace.name", "alerting"),
    dropped("nameOverride", OWN_NAMES, "keep"),
    moved("fullnameOverride", "release", "alerts"),
    moved("additionalLabels", "labels", { team: "ops" }),
    moved("serviceAccount.create", "serviceAccount.create", false),
    moved("serviceAccount.annotations", "serviceAccount.annotations", { role: "keep" }),
    moved("serviceAccount.name", "serviceAccount.name", "keep-account"),
    dropped("openAiApi.enabled", "AI features are on when keep:openaiApiKey is set.", true),
    converted("openAiApi.openAiApiKey", "keep:openaiApiKey (secret)", "sk-1", (value, values) =>
        isEmpty(value)
            ? SAME
            : at(values, "openAiApi.enabled") === true
              ? [{ secret: "openaiApiKey", value: String(value), from: "openAiApi.openAiApiKey" }]
              : [{ value: "openAiApi.openAiApiKey", because: "openAiApi.enabled is not true." }],
    ),
    ...ingressRows,
    converted("isGKE", "keep:ingress.kind (gce)", true, (value, values) =>
        value !== true
            ? SAME
            : at(values, "global.ingress.enabled") === false
              ? [{ value: "isGKE", because: "global.ingress.enabled is false." }]
              : [{ set: "ingress.kind", value: "gce", from: "isGKE" }],
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
        (value, values) => secretChanges(value, values),
    ),
    converted("backend.provision.providers", "keep:providers (secret)", { mock: { type: "mock" } }, (value) =>
        isEmpty(value)
            ? SAME
            : [{ secret: "providers", value: JSON.stringify(value), from: "backend.provision.providers" }],
    ),
    converted("backend.provision.workflows", "keep:provision.workflows", [{ id: "hello" }], (value) =>
        list(value).length === 0
            ? SAME
            : [
                  { set: "provision.workflows", value: "provision/workflows" },
                  {
                      note: "backend.provision.workflows: put each workflow into a file of provision/workflows, under the top-level key workflow.",
                  },
              ],
    ),
    ...tierRows("backend"),
    ...applicationRows("backend"),
    moved("backend.extraInitContainers", "backend.initContainers", [
        { name: "first", image: "busybox:1.37", securityContext: RESTRICTED },
    ]),
    moved("backend.command", "backend.command", ["python"]),
    moved("backend.args", "backend.args", ["--help"]),

    dropped("frontend.enabled", "The user interface is part of every Keep; keep:frontend.replicas may be 0.", true),
    ...tierRows("frontend"),
    ...applicationRows("frontend"),
    dropped("frontend.serviceAccount", "The user interface has no rights in the cluster, and so no account.", {
        create: true,
    }),
    moved("frontend.extraContainers", "frontend.sidecars", [
        { name: "beside", image: "busybox:1.37", securityContext: RESTRICTED },
    ]),
    dropped("frontend.extraPorts", "Sidecars bring their ports; a Service for them is a resource of your own.", [
        { name: "extra" },
    ]),
    converted("frontend.service.nodePort", "keep:frontend.service.nodePort", 30000, (value, values) =>
        isEmpty(value)
            ? SAME
            : at(values, "frontend.service.type") === "NodePort"
              ? [{ set: "frontend.service.nodePort", value, from: "frontend.service.nodePort" }]
              : [{ value: "frontend.service.nodePort", because: "frontend.service.type is not NodePort." }],
    ),

    converted("websocket.enabled", "keep:websocket.kind", false, (value) =>
        value === false ? [{ set: "websocket.kind", value: "none", from: "websocket.enabled" }] : SAME,
    ),
    ...tierRows("websocket"),
    dropped("websocket.serviceAccount", "Soketi has no rights in the cluster, and so no account.", { create: true }),

    ...databaseRows,
    ...inVersions({ until: "0.1.84" }, [
        dropped("backend.openAiApi.enabled", "AI features are on when keep:openaiApiKey is set.", true),
        converted("backend.openAiApi.openAiApiKey", "keep:openaiApiKey (secret)", "sk-1", (value, values) =>
            isEmpty(value)
                ? SAME
                : at(values, "backend.openAiApi.enabled") === true
                  ? [{ secret: "openaiApiKey", value: String(value), from: "backend.openAiApi.openAiApiKey" }]
                  : [{ value: "backend.openAiApi.openAiApiKey", because: "backend.openAiApi.enabled is not true." }],
        ),
    ]),
    dropped(
        "deleteSecretJob",
        "Keep's own Secrets are in a namespace of their own, which pulumi destroy removes: no Job, no kubectl image.",
        {
            image: { tag: "latest" },
        },
    ),
];

/** The values of the Secret with the database's address. */
function secretChanges(value: unknown, values: ChartValues): readonly Change[] {
    const path = "backend.databaseConnectionStringFromSecret";
    const [name, key] = [text(own(value, "secretName")), text(own(value, "secretKey"))];
    if (own(value, "enabled") !== true) {
        return name === undefined && key === undefined ? SAME : [{ value: path, because: "It is not enabled." }];
    }
    return name === undefined || key === undefined
        ? [...noConnectionChanges(values), { value: path, because: "It names no Secret, or no key." }]
        : [
              ...urlSecretChanges({ name, key }, path, values),
              ...unread(path, value, ["enabled", "secretName", "secretKey"]),
          ];
}

/** Whether a key at the top of a file is one of the chart's values. */
export function isChartKey(key: string): boolean {
    return rows.some(({ value }) => value.split(".")[0] === key);
}

/** The row that speaks of a path: the one with the longest path that it lies on. */
export function rowOf(path: string): Row | undefined {
    return rows
        .filter(({ value }) => path === value || path.startsWith(`${value}.`))
        .sort((a, b) => b.value.length - a.value.length)[0];
}
