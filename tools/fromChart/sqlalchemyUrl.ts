/** Parts of an SQLAlchemy URL, decoded; empty where it has none. */
export interface SqlalchemyUrl {
    /** Dialect without the driver, such as `postgresql`. */
    readonly dialect: string;
    readonly user: string;
    readonly password: string;
    readonly host: string;
    readonly port: string;
    readonly database: string;
    /** With its question mark. */
    readonly query: string;
}

/** As SQLAlchemy reads it (lib/sqlalchemy/engine/url.py, _parse_url): a password may hold slashes, which a web URL may not. */
const PATTERN =
    /^(?<dialect>\w+)(?:\+\w+)?:\/\/(?:(?<user>[^:/]*)(?::(?<password>[^@]*))?@)?(?:(?<host>\[[^/?]+\]|[^/:?]+)?(?::(?<port>[^/?]*))?)?(?:\/(?<database>[^?]*))?(?<query>\?.*)?$/s;

/** Reads an SQLAlchemy URL; undefined when it is none. */
export function parseSqlalchemyUrl(url: string): SqlalchemyUrl | undefined {
    const groups = PATTERN.exec(url)?.groups;
    if (groups === undefined) {
        return undefined;
    }
    const { dialect = "", user = "", password = "", host = "", port = "", database = "", query = "" } = groups;
    return { dialect, user: decoded(user), password: decoded(password), host, port, database, query };
}

function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}
