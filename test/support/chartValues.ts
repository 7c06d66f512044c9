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
    ["backend.backendConfig", { isGKE: true }],
    ["backend.route.host", { frontend: { route: { enabled: true } }, backend: { route: { enabled: true } } }],
    ["database.postgres", { database: { type: "postgres" } }],
    ["frontend.autoscaling", { frontend: { autoscaling: { enabled: true } } }],
    ["frontend.backendConfig", { isGKE: true }],
    ["frontend.route.host", { frontend: { route: { enabled: true } } }],
    ["global.ingress.classType", { global: { ingress: { className: "public" } } }],
    ["openAiApi.openAiApiKey", { openAiApi: { enabled: true } }],
    ["websocket.autoscaling", { backend: { env: REDIS }, websocket: { autoscaling: { enabled: true } } }],
    ["websocket.route.host", { frontend: { route: { enabled: true } }, websocket: { route: { enabled: true } } }],
];

/** What must stand beside a row's example for it to have an effect. */
export function contextOf({ value }: Row): ChartValues {
    return value.endsWith(".enabled") ? {} : (CONTEXTS.find(([path]) => value.startsWith(path))?.[1] ?? {});
}
