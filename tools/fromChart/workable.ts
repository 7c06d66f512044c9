import { isRecord } from "./row";

type Settings = Record<string, unknown>;

/** What goes with each kind of database that is not a server in the cluster. */
const DATABASE_FIELDS: Readonly<Record<string, readonly string[]>> = {
    sqlite: ["kind", "volume"],
    external: ["kind", "engine", "urlSecret", "pool"],
};

/** Mends what the chart let pass and a stack file refuses, each time with a note. */
export function workable(settings: Settings): { settings: Settings; notes: string[] } {
    const notes: string[] = [];
    const result = structuredClone(settings);
    mendDatabase(result);
    mendConnections(result, notes);
    mendAddress(result, notes);
    mendWebsocket(result, notes);
    if (result.auth === undefined) {
        notes.push(
            "Without an AUTH_TYPE the chart's Keep lets everybody in as admin. Here the first user signs in; to go on without: keep:auth.kind noauth.",
        );
    }
    return { settings: result, notes };
}

function mendDatabase(settings: Settings): void {
    const { database } = settings;
    const fields = isRecord(database) ? DATABASE_FIELDS[String(database.kind)] : undefined;
    if (isRecord(database) && fields !== undefined) {
        settings.database = Object.fromEntries(Object.entries(database).filter(([field]) => fields.includes(field)));
    }
}

/** Pods of the API that a server in the cluster takes with its usual number of connections. */
const FEW_PODS = 3;

function mendConnections(settings: Settings, notes: string[]): void {
    const backend = isRecord(settings.backend) ? settings.backend : {};
    const autoscaling = isRecord(backend.autoscaling) ? backend.autoscaling : {};
    const { database } = settings;
    const pods = Number(autoscaling.max ?? backend.replicas ?? 1);
    if (!isRecord(database) || !["mysql", "postgres"].includes(String(database.kind)) || pods <= FEW_PODS) {
        return;
    }
    settings.database = { ...database, settings: { max_connections: "1000", ...(database.settings as object) } };
    notes.push(
        "database: so many API pods open more connections than a server has by default; max_connections is 1000, as in the chart's PostgreSQL.",
    );
}

function mendAddress(settings: Settings, notes: string[]): void {
    const ingress = isRecord(settings.ingress) ? settings.ingress : {};
    if (ingress.kind === "none") {
        settings.ingress = { kind: "none" };
        settings.publicUrl ??= "http://localhost:3000";
        return;
    }
    if (settings.publicUrl === undefined) {
        settings.publicUrl = "http://keep.localhost";
        notes.push("global.ingress.hosts names no host: set keep:publicUrl to the address people open.");
    }
    if (ingress.tls !== undefined) {
        settings.publicUrl = String(settings.publicUrl).replace(/^http:/, "https:");
    }
    const isHttps = String(settings.publicUrl).startsWith("https:");
    if (isHttps && ingress.tls === undefined) {
        settings.ingress = { ...ingress, tls: { terminatedOutside: true } };
        notes.push(
            "The address is https, but global.ingress.tls names no certificate: TLS is taken to end outside (keep:ingress.tls).",
        );
    }
}

function mendWebsocket(settings: Settings, notes: string[]): void {
    const { websocket } = settings;
    if (!isRecord(websocket) || websocket.kind === "none") {
        settings.websocket = websocket === undefined ? undefined : { kind: "none" };
        return;
    }
    const { autoscaling, replicas, ...rest } = websocket;
    const isMany = autoscaling !== undefined || Number(replicas ?? 1) > 1;
    if (isMany && !isRecord(settings.redis)) {
        notes.push("websocket: more than one Soketi needs Redis; one pod is kept until keep:redis is set.");
        settings.websocket = { kind: "soketi", ...rest };
    } else {
        settings.websocket = { kind: "soketi", ...websocket };
    }
}
