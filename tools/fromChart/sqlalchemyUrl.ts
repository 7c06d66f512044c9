/** Decoded parts of an SQLAlchemy URL; missing parts are empty. */
export interface SqlalchemyUrl {
    /** Dialect without the driver, such as `postgresql`. */
    readonly dialect: string;
    readonly user: string;
    readonly password: string;
    readonly host: string;
    readonly port: string;
    readonly database: string;
    /** Includes the question mark. */
    readonly query: string;
}

/**
 * SQLAlchemy's pattern (lib/sqlalchemy/engine/url.py, _parse_url). Unlike in a web URL, a password can contain slashes.
 */
const PATTERN =
    /^(?<dialect>\w+)(?:\+\w+)?:\/\/(?:(?<user>[^:/]*)(?::(?<password>[^@]*))?@)?(?:(?<host>\[[^/?]+\]|[^/:?]+)?(?::(?<port>[^/?]*))?)?(?:\/(?<database>[^?]*))?(?<query>\?.*)?$/s;

/** Parses an SQLAlchemy URL; undefined if it is not valid. */
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
