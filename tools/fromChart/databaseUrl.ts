import { at, type ChartValues, list, own, type SecretReference, text } from "./row";
import { parseSqlalchemyUrl } from "./sqlalchemyUrl";
import { SOURCES, valueOf, type Variable, variable, variablesOf } from "./variables";

const NAME = "DATABASE_CONNECTION_STRING";
const URL_SECRET = "backend.databaseConnectionStringFromSecret";

/** A variable that Kubernetes expands. */
export const EXPANDED = /\$\(([\w.-]+)\)/;

/** The URL of Keep's database. */
export interface DatabaseUrl {
    /** The value of the chart that sets it; undefined: the chart's default, or a value that is not readable. */
    readonly from?: string;
    /** Undefined: it is not in the values. */
    readonly url?: string;
    readonly engine?: string | undefined;
    /** The Secret of the password, which is `secret` in `url`. */
    readonly passwordSecret?: SecretReference | undefined;
    /** Whether Keep uses the chart's own server, as far as the values show it. */
    readonly hasServer: boolean;
    /** Why the values do not show whose server it is, and what to write into them. */
    readonly doubt?: string | undefined;
}

/** The URL of Keep's database. Without the chart's server, it is that of another one, wherever it is. */
export function databaseUrl(values: ChartValues): DatabaseUrl {
    const found = located(values);
    return at(values, "database.enabled") === false ? { ...found, hasServer: false, doubt: undefined } : found;
}

/** Whether Keep uses the chart's own server. */
export function hasServer(values: ChartValues): boolean {
    return databaseUrl(values).hasServer;
}

/** Whether the URL is in the Secret of its own setting, which takes precedence over `backend.env`. */
export function hasUrlSecret(values: ChartValues): boolean {
    return at(values, `${URL_SECRET}.enabled`) === true;
}

/** Names of the Secrets, or ConfigMaps, with variables of the backend that the values do not contain. */
export function namesOfEnvFrom(values: ChartValues, kind: "ConfigMap" | "Secret"): string[] {
    const single = kind === "Secret" ? [text(at(values, "backend.envFromSecret"))] : [];
    const named = list(at(values, `backend.envFrom${kind}s`)).map((entry) => text(own(entry, "name")));
    return [...single, ...named].filter((name) => name !== undefined);
}

function located(values: ChartValues): DatabaseUrl {
    if (hasUrlSecret(values)) {
        return { from: URL_SECRET, hasServer: false, doubt: doubtOf(values, "is in a Secret", URL_SECRET) };
    }
    const given = variable(values, "backend", NAME);
    if (given !== undefined) {
        return givenUrl(given, values);
    }
    if (at(values, "backend.env") === undefined) {
        return { hasServer: true };
    }
    const unreadable = SOURCES.flatMap((source) => variablesOf("backend", source, values)).find(
        (entry) => "because" in entry && entry.value.endsWith(` ${NAME}`),
    );
    if (unreadable !== undefined && "because" in unreadable) {
        return { hasServer: true, doubt: doubtOf(values, "is not readable", unreadable.value) };
    }
    const names = (["Secret", "ConfigMap"] as const).flatMap((kind) =>
        namesOfEnvFrom(values, kind).map((name) => `the ${kind} ${name}`),
    );
    return names.length === 0
        ? { hasServer: true }
        : { hasServer: true, doubt: doubtOf(values, `may be in ${names.join(" or ")}`) };
}

function givenUrl({ content, from }: Variable, values: ChartValues): DatabaseUrl {
    if ("reference" in content) {
        const where = "secret" in content.reference ? "is in a Secret" : "is not in the values";
        return { from, hasServer: false, doubt: doubtOf(values, where, from) };
    }
    const expanded = withVariables(content.value, values);
    const { url } = expanded;
    const base = { ...expanded, from, engine: engineOf(url) };
    const host = parseSqlalchemyUrl(url)?.host;
    if (!url.startsWith("sqlite") && (host === undefined || /[$<{]/.test(host))) {
        return { ...base, hasServer: false, doubt: doubtOf(values, "is not readable", from) };
    }
    const namespace = namespaceOf(host ?? "", values);
    const released = text(values.namespace) ?? text(values.namespaceOverride);
    if (namespace === undefined || (namespace !== "" && namespace !== (released ?? namespace))) {
        return { ...base, hasServer: false };
    }
    if (base.engine !== "mysql" && base.engine !== "postgres") {
        return { ...base, hasServer: false, doubt: doubtOf(values, "is not readable", from) };
    }
    const doubt = `${host ?? ""} is the chart's own server only if the release is in the namespace ${namespace}. Otherwise, set database.enabled to false in the values.`;
    return { ...base, hasServer: true, doubt: namespace === "" || released !== undefined ? undefined : doubt };
}

/** Name of the chart's Service (charts/keep/templates/db-service.yaml). */
function serviceOf(values: ChartValues): string {
    return `${text(values.nameOverride) ?? "keep"}-database`;
}

/** The namespace in the name of the chart's Service, empty in its bare name; undefined: a host of another server. */
function namespaceOf(host: string, values: ChartValues): string | undefined {
    const [service, namespace = "", svc = "svc"] = host.toLowerCase().replace(/\.$/, "").split(".");
    return service === serviceOf(values) && svc === "svc" ? namespace : undefined;
}

function doubtOf(values: ChartValues, where: string, from?: string): string {
    return (
        `database.enabled is not false, and the URL of the database ${where}${from === undefined ? "" : ` (${from})`}. ` +
        `If its host is ${serviceOf(values)}, write the URL as text into ${NAME} of backend.env` +
        `${from === URL_SECRET ? `, and remove ${URL_SECRET}` : ""}. ` +
        `Otherwise, set database.enabled to false in the values.`
    );
}

/** The engine by the scheme of a URL, also of one that SQLAlchemy cannot read, such as `postgres://`. */
function engineOf(url: string): string | undefined {
    const [, scheme = ""] = /^(?:jdbc:)?([a-z]+)[+:]/.exec(url) ?? [];
    const schemes = {
        mariadb: "mysql",
        mssql: "sqlserver",
        mysql: "mysql",
        postgres: "postgres",
        postgresql: "postgres",
        sqlserver: "sqlserver",
    };
    return text(own(schemes, scheme));
}

/** A URL with expanded $(NAME) variables, and the Secret of its password. */
function withVariables(
    given: string,
    values: ChartValues,
): Pick<DatabaseUrl, "passwordSecret"> & { readonly url: string } {
    const password = /^[^/]*:\/\/[^:/@]*:\$\(([\w.-]+)\)@/.exec(given)?.[1];
    const content = password === undefined ? undefined : variable(values, "backend", password)?.content;
    const passwordSecret =
        content !== undefined && "reference" in content && "secret" in content.reference
            ? content.reference.secret
            : undefined;
    const url = given.replaceAll(new RegExp(EXPANDED, "g"), (match, name: string) =>
        passwordSecret !== undefined && name === password ? "secret" : (valueOf(values, "backend", name) ?? match),
    );
    return { url, passwordSecret };
}
