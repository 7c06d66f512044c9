import { type ChartValues, isRecord, type Row } from "../../tools/fromChart/row";

/** Values in which one path is set. */
export function valuesWith(path: string, value: unknown, base: ChartValues = {}): ChartValues {
    const [step = "", ...rest] = path.split(".");
    const inner = base[step];
    return {
        ...base,
        [step]: rest.length === 0 ? value : valuesWith(rest.join("."), value, isRecord(inner) ? inner : {}),
    };
}

const REDIS = [
    { name: "REDIS", value: "true" },
    { name: "REDIS_HOST", value: "redis" },
];

/** What must stand beside a value for it to have an effect: by the beginning of its path, the longest first. */
const CONTEXTS: readonly (readonly [string, ChartValues])[] = [
    [
        "backend.autoscaling",
        { backend: { env: REDIS, autoscaling: { enabled: true } }, database: { type: "postgres" } },
    ],
    ["backend.openAiApi.openAiApiKey", { backend: { openAiApi: { enabled: true } } }],
    ["database.postgres", { database: { type: "postgres" } }],
    ["frontend.autoscaling", { frontend: { autoscaling: { enabled: true } } }],
    ["frontend.service.nodePort", { frontend: { service: { type: "NodePort" } } }],
    ["frontend.route.host", { frontend: { route: { enabled: true } } }],
    ["global.httpRoute.enabled", { global: { httpRoute: { parentRefs: [{ name: "edge" }] } } }],
    ["global.httpRoute", { global: { httpRoute: { enabled: true, parentRefs: [{ name: "edge" }] } } }],
    ["global.ingress.classType", { global: { ingress: { className: "public" } } }],
    ["isGKE", { global: { ingress: { className: "gce" } } }],
    ["openAiApi.openAiApiKey", { openAiApi: { enabled: true } }],
    ["serviceAccount.create", { serviceAccount: { name: "keep-account" } }],
    ["websocket.autoscaling.enabled", { backend: { env: REDIS } }],
    ["websocket.replicaCount", { backend: { env: REDIS } }],
    ["websocket.autoscaling", { backend: { env: REDIS }, websocket: { autoscaling: { enabled: true } } }],
];

/** What must stand beside a row's example for it to have an effect. */
export function contextOf({ value }: Row): ChartValues {
    const [path, context] = CONTEXTS.find(([begin]) => value.startsWith(begin)) ?? [];
    return context === undefined || (value.endsWith(".enabled") && path !== value) ? {} : context;
}
