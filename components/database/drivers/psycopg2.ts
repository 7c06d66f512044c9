import { SYSTEM_BUNDLE } from "../../airGapped/systemBundle";
import type { Driver } from "./driver";

const SWITCH = ["0", "1"];
const TLS_VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

/**
 * psycopg2 2.9.10, in whose wheel is libpq 16 (https://www.postgresql.org/docs/16/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
 * The clients that write dumps accept these parameters too.
 */
export const psycopg2: Driver = {
    title: "psycopg2",
    hasOthers: false,
    // Of JDBC and of Prisma. A message about TLS never leads to a connection without it.
    ofOthers: [
        [/^ssl(accept|factory|identity)?$|^(use|require)[-_]?ssl$|tls/i, "Use sslmode=require, or keep:database.tls"],
        [/^(current[-_]?)?schema$/i, "Use options=-csearch_path=keep with the name of the schema"],
    ],
    files: ["passfile", "sslcert", "sslcrl", "sslcrldir", "sslkey", "sslrootcert"],
    together: (name, { sslmode = "", sslrootcert = "" }) => {
        if (name !== "sslmode" || sslmode === "") {
            return undefined;
        }
        if (sslrootcert === "system" && sslmode !== "verify-full") {
            return "must be verify-full beside sslrootcert=system. Correct one of them";
        }
        // libpq then reads ~/.postgresql/root.crt, which no pod has.
        return sslmode.startsWith("verify-") && sslrootcert === ""
            ? `needs sslrootcert to verify the server. Add sslrootcert=${SYSTEM_BUNDLE} for public authorities, or use keep:database.tls`
            : undefined;
    },
    parameters: {
        application_name: "text",
        channel_binding: ["disable", "prefer", "require"],
        // Others cannot encode each text of an alert.
        client_encoding: {
            pattern: /^(auto|unicode|utf[-_]?8)$/i,
            fault: "is not an encoding of Unicode. Use utf8",
        },
        connect_timeout: "whole",
        dbname: "text",
        fallback_application_name: "text",
        gssdelegation: SWITCH,
        gssencmode: ["disable", "prefer", "require"],
        gsslib: "text",
        host: {
            pattern: /^(?!\/.*\/\.s\.PGSQL\.\d+$)/,
            fault: "ends with the file of a socket, which libpq adds itself. Remove /.s.PGSQL and the number from its end",
        },
        hostaddr: "text",
        keepalives: "whole",
        keepalives_count: "whole",
        keepalives_idle: "whole",
        keepalives_interval: "whole",
        krbsrvname: "text",
        load_balance_hosts: ["disable", "random"],
        options: "text",
        passfile: "text",
        password: "text",
        port: "text",
        replication: { reason: "it opens connections for replication, and Keep needs those for queries" },
        require_auth: "text",
        requirepeer: "text",
        service: "text",
        ssl_max_protocol_version: TLS_VERSIONS,
        ssl_min_protocol_version: TLS_VERSIONS,
        sslcert: "text",
        sslcertmode: ["disable", "allow", "require"],
        sslcompression: SWITCH,
        sslcrl: "text",
        sslcrldir: "text",
        sslkey: "text",
        sslmode: ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"],
        sslpassword: "text",
        sslrootcert: "text",
        sslsni: SWITCH,
        // Keep writes, so a standby would fail.
        target_session_attrs: ["any", "read-write", "primary"],
        tcp_user_timeout: "whole",
        user: "text",
    },
};
