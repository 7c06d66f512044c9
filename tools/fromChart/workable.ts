import type { Draft } from "./draft";
import { at, type ChartValues, isRecord, own } from "./row";

type Fields = Readonly<Record<string, unknown>>;

/** What goes with each kind of database that is not a server in the cluster; anything else is of the chart's own server. */
const DATABASE_FIELDS: Readonly<Record<string, readonly string[]>> = {
    sqlite: ["kind", "volume"],
    external: ["kind", "engine", "host", "name", "parameters", "passwordSecret", "pool", "port", "urlSecret", "user"],
};

/** Fills in what the chart decides by itself, and changes what it lets pass and Keep does not work with, each with its reason. */
export function workable(draft: Draft, values: ChartValues): void {
    fitDatabase(draft);
    fitConnections(draft);
    fitAddress(draft, values);
    fitWebsocket(draft);
    fitWorkers(draft);
    fitSignIn(draft);
    noteTemplates(draft.settings, "keep:", draft);
}

/** The chart's Keep without an AUTH_TYPE lets everybody in, which is nothing to carry over in silence. */
function fitSignIn(draft: Draft): void {
    const auth = fieldsOf(draft, "auth");
    if (auth.kind === undefined) {
        draft.note(
            "Without an AUTH_TYPE the chart's Keep lets everybody in as admin. Here the first user signs in; to go on without: keep:auth.kind noauth.",
        );
        draft.settings.auth = draft.settings.auth === undefined ? undefined : { kind: "db", ...auth };
    }
}

/** Helm fills in templates in some of its values. Here nothing does. */
function noteTemplates(value: unknown, path: string, draft: Draft): void {
    if (typeof value === "string" && /\{\{.*\}\}/s.test(value)) {
        draft.note(`${path}: holds a template that helm fills in. Write what comes of it: helm get manifest shows it.`);
    } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            noteTemplates(inner, path === "keep:" ? `${path}${key}` : `${path}.${key}`, draft);
        }
    }
}

function fieldsOf({ settings }: Draft, key: string): Fields {
    const value = own(settings, key);
    return isRecord(value) ? value : {};
}

function fitDatabase(draft: Draft): void {
    const database = fieldsOf(draft, "database");
    const fields = own(DATABASE_FIELDS, String(database.kind)) as readonly string[] | undefined;
    if (fields === undefined) {
        return;
    }
    draft.settings.database = Object.fromEntries(
        Object.entries(database).filter(([field]) => {
            const fits = fields.includes(field);
            if (!fits) {
                draft.leave(`database.${field}`, `keep:database.kind ${String(database.kind)} has no ${field}.`);
            }
            return fits;
        }),
    );
}

/** Pods of the API that a server in the cluster takes with its usual number of connections. */
const FEW_PODS = 3;

function fitConnections(draft: Draft): void {
    const backend = fieldsOf(draft, "backend");
    const database = fieldsOf(draft, "database");
    const pods = Number(own(backend.autoscaling, "max") ?? backend.replicas ?? 1);
    if (["mysql", "postgres"].includes(String(database.kind)) && pods > FEW_PODS) {
        const settings = isRecord(database.settings) ? database.settings : {};
        draft.settings.database = { ...database, settings: { max_connections: "1000", ...settings } };
        draft.note(
            "database: so many API pods open more connections than a server has by default; max_connections is 1000, as in the chart's PostgreSQL.",
        );
    }
}

function fitAddress(draft: Draft, values: ChartValues): void {
    const ingress = fieldsOf(draft, "ingress");
    if (ingress.kind === "none") {
        for (const field of Object.keys(ingress).filter((name) => name !== "kind")) {
            draft.leave(
                `ingress.${field}`,
                "Without an Ingress of the chart's there is none here: keep:ingress.kind none.",
            );
        }
        draft.settings.ingress = { kind: "none" };
        withoutIngress(draft);
        return;
    }
    if (draft.settings.publicUrl === undefined) {
        draft.settings.publicUrl = "http://keep.localhost";
        draft.note("No value names a host, so keep:publicUrl is a guess: set it to the address people open.");
    }
    if (ingress.tls !== undefined) {
        draft.settings.publicUrl = String(draft.settings.publicUrl).replace(/^http:/, "https:");
    }
    const isHttps = String(draft.settings.publicUrl).startsWith("https:");
    const isAttached = isRecord(ingress.parentRef);
    if (isHttps && ingress.tls === undefined && !isAttached) {
        draft.settings.ingress = { ...ingress, tls: { terminatedOutside: true } };
        draft.note(
            "The address is https, but global.ingress.tls names no certificate: TLS is taken to end outside (keep:ingress.tls).",
        );
    }
    if (isAttached && at(values, "global.ingress.tls") === undefined && isHttps) {
        draft.settings.ingress = { ...ingress, tls: { terminatedOutside: true } };
    }
}

/** The user routes to the Services; live updates then come by plain port-forward only, which an https page may not use. */
function withoutIngress(draft: Draft): void {
    if (draft.settings.publicUrl === undefined) {
        draft.settings.publicUrl = "http://localhost:3000";
        draft.note(
            "No value names a host, so keep:publicUrl is that of kubectl port-forward: set it to the address people open.",
        );
    }
    const websocket = fieldsOf(draft, "websocket");
    if (
        String(draft.settings.publicUrl).startsWith("https:") &&
        !["external", "none"].includes(String(websocket.kind))
    ) {
        for (const field of Object.keys(websocket)) {
            draft.leave(`websocket.${field}`, "Without live updates there is no Soketi.");
        }
        draft.settings.websocket = { kind: "none" };
        draft.note(
            "keep:websocket.kind is none: without an Ingress of its own, Keep has no https address for live updates. The user interface polls.",
        );
    }
}

function fitWebsocket(draft: Draft): void {
    const websocket = fieldsOf(draft, "websocket");
    const { kind, ...fields } = websocket;
    if (draft.settings.websocket === undefined || kind === "external") {
        return;
    }
    if (kind === "none") {
        for (const field of Object.keys(fields)) {
            draft.leave(`websocket.${field}`, "Without live updates there is no Soketi.");
        }
        draft.settings.websocket = { kind };
        return;
    }
    const { autoscaling, replicas, ...rest } = fields;
    const isMany = autoscaling !== undefined || Number(replicas ?? 1) > 1;
    if (!isMany || draft.settings.redis !== undefined) {
        draft.settings.websocket = { kind: "soketi", ...fields };
        return;
    }
    const because = "More than one Soketi needs Redis; the chart's lose events. Set keep:redis, then this.";
    if (autoscaling !== undefined) {
        draft.left.push({ value: "websocket.autoscaling", because });
    }
    draft.leave("websocket.replicas", because);
    draft.settings.websocket = { kind: "soketi", ...rest };
}

/** What the workers, which in the chart are threads of the API's pods, must have of these. */
const OF_API_PODS = [
    "affinity",
    "env",
    "envFrom",
    "initContainers",
    "nodeSelector",
    "podAnnotations",
    "tolerations",
    "volumeMounts",
    "volumes",
];

function fitWorkers(draft: Draft): void {
    if (!isRecord(draft.settings.redis)) {
        return;
    }
    const given = Object.entries(fieldsOf(draft, "backend")).filter(([field]) => OF_API_PODS.includes(field));
    if (given.length > 0) {
        draft.settings.worker = structuredClone(Object.fromEntries(given));
    }
    if (draft.secretEnv.backend !== undefined) {
        draft.secretEnv.worker = { ...draft.secretEnv.backend };
    }
    draft.note(
        "keep:worker: with Redis the chart's API pods do the workers' jobs, too. Here workers have pods of their own, with the variables, volumes and places of backend.*; keep:size sets how many.",
    );
}
