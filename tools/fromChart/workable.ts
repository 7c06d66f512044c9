import type { Draft } from "./draft";
import { fitSelectors, ofWorkers } from "./podLabels";
import { at, type ChartValues, isRecord, own } from "./row";

type Fields = Readonly<Record<string, unknown>>;

/** Fields of the kinds of database that are not a server in the cluster. All other fields belong to such a server. */
const DATABASE_FIELDS: Readonly<Record<string, readonly string[]>> = {
    sqlite: ["kind", "volume"],
    external: ["kind", "engine", "host", "name", "parameters", "passwordSecret", "pool", "port", "urlSecret", "user"],
};

/** Adds settings that the chart implies, and changes those with which Keep would not work. Adds a note for each. */
export function workable(draft: Draft, values: ChartValues): void {
    fitDatabase(draft);
    fitConnections(draft);
    fitAddress(draft, values);
    fitWebsocket(draft);
    fitSelectors(draft, values);
    fitWorkers(draft);
    fitSignIn(draft);
    noteTemplates(draft.settings, "keep:", draft);
}

/**
 * Without an AUTH_TYPE, the chart's installation requires no authentication. This is not converted without a note.
 * Keep's default for OKTA_AUDIENCE is the client id (okta_authverifier.py), which is not that of the stack.
 */
function fitSignIn(draft: Draft): void {
    const auth = fieldsOf(draft, "auth");
    if (auth.kind === undefined) {
        draft.note(
            "Without an AUTH_TYPE, the chart's installation gives everyone access as admin. The stack requires sign-in as the first user. To keep access without sign-in, set keep:auth.kind to noauth.",
        );
        draft.settings.auth = draft.settings.auth === undefined ? undefined : { kind: "db", ...auth };
    }
    if (auth.kind === "okta") {
        draft.settings.auth = { ...auth, audience: auth.audience ?? auth.clientId };
    }
}

/** Adds notes about templates, which only Helm renders. */
function noteTemplates(value: unknown, path: string, draft: Draft): void {
    if (typeof value === "string" && /\{\{.*\}\}/s.test(value)) {
        draft.note(
            `${path}: contains a template that only Helm renders. Write the rendered value, which helm get manifest shows.`,
        );
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

/** Maximum number of API pods with the default number of connections of a server in the cluster. */
const FEW_PODS = 3;

function fitConnections(draft: Draft): void {
    const backend = fieldsOf(draft, "backend");
    const database = fieldsOf(draft, "database");
    const pods = Number(own(backend.autoscaling, "max") ?? backend.replicas ?? 1);
    const settings = isRecord(database.settings) ? database.settings : {};
    const isGiven = Object.hasOwn(settings, "max_connections");
    if (["mysql", "postgres"].includes(String(database.kind)) && pods > FEW_PODS && !isGiven) {
        draft.settings.database = { ...database, settings: { max_connections: "1000", ...settings } };
        draft.note(
            "keep:database.settings.max_connections is 1000, as in the chart's PostgreSQL: this number of API pods opens more connections than the default allows.",
            "database.settings.max_connections",
        );
    }
}

function fitAddress(draft: Draft, values: ChartValues): void {
    const ingress = fieldsOf(draft, "ingress");
    if (ingress.kind === "none") {
        for (const field of Object.keys(ingress).filter((name) => name !== "kind")) {
            draft.leave(`ingress.${field}`, "The chart creates no Ingress, so keep:ingress.kind is none.");
        }
        draft.settings.ingress = { kind: "none" };
        withoutIngress(draft);
        return;
    }
    if (draft.settings.publicUrl === undefined) {
        draft.settings.publicUrl = "http://keep.localhost";
        draft.note("The values contain no host, so keep:publicUrl is a guess. Set it to the URL that users open.");
    }
    if (ingress.tls !== undefined) {
        draft.settings.publicUrl = String(draft.settings.publicUrl).replace(/^http:/, "https:");
    }
    const isHttps = String(draft.settings.publicUrl).startsWith("https:");
    const isAttached = isRecord(ingress.parentRef);
    if (isHttps && ingress.tls === undefined && !isAttached) {
        // Without TLS in the Routes, the router answers https with 503.
        const isRouter = ingress.kind === "openshift";
        draft.settings.ingress = {
            ...ingress,
            tls: isRouter ? { defaultCertificate: true } : { terminatedOutside: true },
        };
        draft.note(
            isRouter
                ? "keep:ingress.tls: the router terminates TLS with its default certificate. For another one, set secretName."
                : "The public URL is https, but global.ingress.tls has no certificate. keep:ingress.tls assumes that a proxy terminates TLS.",
        );
    }
    if (isAttached && at(values, "global.ingress.tls") === undefined && isHttps) {
        draft.settings.ingress = { ...ingress, tls: { terminatedOutside: true } };
    }
}

/** Without an Ingress, live updates use a port-forward without TLS, to which an https page cannot connect. */
function withoutIngress(draft: Draft): void {
    if (draft.settings.publicUrl === undefined) {
        draft.settings.publicUrl = "http://localhost:3000";
        draft.note(
            "The values contain no host, so keep:publicUrl is that of kubectl port-forward. Set it to the URL that users open.",
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
            "keep:websocket.kind is none: without an Ingress, there is no https URL for live updates. The user interface polls instead.",
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
    const because = "Several Soketi pods need Redis; without it, they lose events. Set keep:redis first.";
    if (autoscaling !== undefined) {
        draft.left.push({ value: "websocket.autoscaling", because });
    }
    draft.leave("websocket.replicas", because);
    draft.settings.websocket = { kind: "soketi", ...rest };
}

/** Settings of the API pods that workers need too, because in the chart workers are threads of these pods. */
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
    const own = fieldsOf(draft, "worker");
    const given = Object.entries(fieldsOf(draft, "backend")).filter(([field]) => OF_API_PODS.includes(field));
    if (given.length > 0) {
        const { affinity, ...others } = structuredClone(Object.fromEntries(given));
        draft.settings.worker = {
            ...own,
            ...(affinity === undefined ? others : { affinity: ofWorkers(affinity, draft), ...others }),
        };
    }
    if (draft.secretEnv.backend !== undefined) {
        draft.secretEnv.worker = { ...draft.secretEnv.backend };
    }
    draft.note(
        "keep:worker: in the chart, the API pods are also the workers. The stack has separate worker pods, with the variables, volumes and placement of backend.*. keep:size sets their number." +
            (own.processes === undefined ? "" : " keep:worker.processes is KEEP_WORKERS of the chart."),
    );
}
