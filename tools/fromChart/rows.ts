import { noConnectionChanges, urlSecretChanges } from "./connection";
import { databaseRows } from "./databaseRows";
import { ingressRows, kindOfClass } from "./ingressRows";
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
import { hasExternalWebsocket } from "./specials";
import { applicationRows, tierRows } from "./tierRows";

/** Security context that Pod Security restricted requires. */
const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

/** Latest version of the chart that the rows support. */
export const CHART_VERSION = "0.1.97";

const OWN_NAMES = "Names of objects are derived from keep:release.";

/** All values in the chart's values.yaml, and those that only its templates read. */
export const rows: readonly Row[] = [
    converted("namespace", "keep:namespace.name", "alerting", (value, values) =>
        isEmpty(value)
            ? SAME
            : isEmpty(values.namespaceOverride)
              ? [{ set: "namespace.name", value, from: "namespace" }]
              : [{ value: "namespace", because: "namespaceOverride takes precedence." }],
    ),
    moved("namespaceOverride", "namespace.name", "alerting"),
    dropped("nameOverride", OWN_NAMES, "keep"),
    moved("fullnameOverride", "release", "alerts"),
    moved("additionalLabels", "labels", { team: "ops" }),
    // Without a name, the chart uses the account default (templates/_helpers.tpl, keep.serviceAccountName).
    converted("serviceAccount.create", "keep:serviceAccount.create", false, (value, values) =>
        isEmpty(value)
            ? SAME
            : value === false && isEmpty(at(values, "serviceAccount.name"))
              ? [
                    {
                        value: "serviceAccount.create",
                        because:
                            "The chart then uses the account default, which other pods of the namespace share. The stack creates accounts. To use yours, set keep:serviceAccount.name and keep:serviceAccount.create: false.",
                    },
                ]
              : [{ set: "serviceAccount.create", value, from: "serviceAccount.create" }],
    ),
    moved("serviceAccount.annotations", "serviceAccount.annotations", { role: "keep" }),
    moved("serviceAccount.name", "serviceAccount.name", "keep-account"),
    dropped("openAiApi.enabled", "keep:openaiApiKey enables the AI features.", true),
    converted("openAiApi.openAiApiKey", "keep:openaiApiKey (secret)", "sk-1", (value, values) =>
        isEmpty(value)
            ? SAME
            : at(values, "openAiApi.enabled") === true
              ? [{ secret: "openaiApiKey", value: String(value), from: "openAiApi.openAiApiKey" }]
              : [{ value: "openAiApi.openAiApiKey", because: "openAiApi.enabled is not true." }],
    ),
    ...ingressRows,
    // The chart has no Ingress of Google: the value only adds a BackendConfig to the Services (templates/gke).
    converted("isGKE", "keep:ingress.kind (gce, unless the class is of another controller)", true, (value, values) =>
        value !== true
            ? SAME
            : at(values, "global.ingress.enabled") === false
              ? [{ value: "isGKE", because: "global.ingress.enabled is false." }]
              : kindOfClass(values) === undefined
                ? [{ set: "ingress.kind", value: "gce", from: "isGKE" }]
                : [
                      {
                          note: "isGKE: only configures health checks of Google's load balancer, which no Ingress of the chart uses. If an Ingress of your own uses it, set keep:ingress.kind to gce.",
                      },
                  ],
    ),

    dropped("backend.enabled", "Keep needs its API.", true),
    dropped("backend.waitForDatabase", "The setup Job runs first, and reports an unreachable database.", {
        enabled: true,
    }),
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
                      note: "backend.provision.workflows: write each workflow to a file in provision/workflows, with the top-level key workflow.",
                  },
              ],
    ),
    ...tierRows("backend"),
    ...applicationRows("backend"),
    moved("backend.extraInitContainers", "backend.initContainers", [
        { name: "first", image: "busybox:1.37", securityContext: RESTRICTED },
    ]),
    moved("backend.command", "backend.command", ["python"]),
    converted("backend.args", "keep:backend.args", ["--help"], (value) =>
        isEmpty(value) ? SAME : [{ set: "backend.args", value: withModule(value), from: "backend.args" }],
    ),

    converted("frontend.enabled", "keep:frontend.enabled", false, (value) =>
        value === false ? [{ set: "frontend.enabled", value, from: "frontend.enabled" }] : SAME,
    ),
    ...tierRows("frontend"),
    ...applicationRows("frontend"),
    ownAccount("frontend"),
    moved("frontend.extraContainers", "frontend.sidecars", [
        { name: "beside", image: "busybox:1.37", securityContext: RESTRICTED },
    ]),
    dropped(
        "frontend.extraPorts",
        "Set ports in keep:frontend.sidecars. Create a Service for them as a resource of your own.",
        [{ name: "extra" }],
    ),
    converted("frontend.service.nodePort", "keep:frontend.service.nodePort", 30000, (value, values) =>
        isEmpty(value)
            ? SAME
            : at(values, "frontend.service.type") === "NodePort"
              ? [{ set: "frontend.service.nodePort", value, from: "frontend.service.nodePort" }]
              : [{ value: "frontend.service.nodePort", because: "frontend.service.type is not NodePort." }],
    ),

    converted("websocket.enabled", "keep:websocket.kind", false, (value, values) =>
        value === false && !hasExternalWebsocket(values)
            ? [{ set: "websocket.kind", value: "none", from: "websocket.enabled" }]
            : SAME,
    ),
    ...tierRows("websocket"),
    ownAccount("websocket"),

    ...databaseRows,
    ...inVersions({ until: "0.1.84" }, [
        dropped("backend.openAiApi.enabled", "keep:openaiApiKey enables the AI features.", true),
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
        "Keep stores its Secrets in a separate namespace, which pulumi destroy removes without a Job.",
        {
            image: { tag: "latest" },
        },
    ),
];

/** The row for an account of one tier: all templates of the chart read serviceAccount alone. */
function ownAccount(tier: "frontend" | "websocket"): Row {
    return dropped(
        `${tier}.serviceAccount`,
        `No template of the chart reads it. For a separate account, set keep:${tier}.serviceAccount.`,
        { create: true },
    );
}

/** The changes for a Secret with the database's URL. */
function secretChanges(value: unknown, values: ChartValues): readonly Change[] {
    const path = "backend.databaseConnectionStringFromSecret";
    const [name, key] = [text(own(value, "secretName")), text(own(value, "secretKey"))];
    if (own(value, "enabled") !== true) {
        return name === undefined && key === undefined ? SAME : [{ value: path, because: "It is not enabled." }];
    }
    return name === undefined || key === undefined
        ? [...noConnectionChanges(values), { value: path, because: "It has no name or no key of a Secret." }]
        : [
              ...urlSecretChanges({ name, key }, path, values),
              ...unread(path, value, ["enabled", "secretName", "secretKey"]),
          ];
}

/** Whether a top-level key is one of the chart's values. */
export function isChartKey(key: string): boolean {
    return rows.some(({ value }) => value.split(".")[0] === key);
}

/** The row of a path: that with the longest matching prefix. */
export function rowOf(path: string): Row | undefined {
    return rows
        .filter(({ value }) => path === value || path.startsWith(`${value}.`))
        .sort((a, b) => b.value.length - a.value.length)[0];
}

/** Keep's configuration of gunicorn by its module. The chart's values have a path, which only one version of Keep has. */
function withModule(args: unknown): unknown {
    return Array.isArray(args)
        ? args.map((word: unknown) => (typeof word === "string" ? moduleWord(word) : word))
        : args;
}

function moduleWord(word: string): string {
    return word.replace(
        /^(--config=)?\/venv\/lib\/python[\d.]+\/site-packages\/keep\/api\/config\.py$/,
        "$1python:keep.api.config",
    );
}
