import { isDockersPostgres } from "../../fields/images";
import { byName, type Check } from "./names";
import { bytesOf, isOn, parameterFault, type Parameters } from "./postgres";

/** Reasons by parameter. */
const FAULTS: Readonly<Record<string, Check<[Parameters]>>> = {
    bonjour: (value) => isOn(value) === true && "needs Bonjour, which the image does not support. Remove it",
    client_encoding: (value) =>
        !/^(unicode|utf-?_?8)$/i.test(value) && "cannot encode every character of an alert. Remove it",
    default_transaction_read_only: (value) => isOn(value) === true && "keeps Keep from writing. Remove it",
    exit_on_error: (value) => isOn(value) === true && "closes the connection after each error. Remove it",
    // Pods request no huge pages, and PostgreSQL does not start without any.
    huge_pages: (value) =>
        isOn(value) === true && "needs huge pages, which the pod does not have. Use try, or remove it",
    // src/backend/utils/init/miscinit.c (load_libraries) looks only in plugins/ of the libraries, which the image does not have.
    local_preload_libraries: (value) =>
        value !== "" &&
        "loads only libraries of a directory that the image does not have. Use session_preload_libraries",
    // A process has a stack of 8 MiB, of which PostgreSQL keeps 512 KiB (src/backend/tcop/postgres.c, check_max_stack_depth).
    max_stack_depth: (value, parameters) =>
        (bytesOf(parameters, "max_stack_depth", value) ?? 0) > 7680 * 1024 &&
        "is more than 7680kB, which PostgreSQL's stack of 8 MiB allows. Use less",
    search_path: (value) =>
        !value.split(",").some((name) => /^("public"|[Pp][Uu][Bb][Ll][Ii][Cc])$/.test(name.trim())) &&
        "does not contain public, the schema of Keep's tables. Add it",
    session_replication_role: (value) =>
        value.toLowerCase() === "replica" && "turns off the foreign keys of Keep's tables. Remove it",
};

/** A limit of time without a unit counts milliseconds, so one of less than a second is meant in seconds. */
const inSeconds: Check = (value) =>
    /^\d{1,3}$/.test(value) &&
    Number(value) > 0 &&
    `counts milliseconds without a unit, in which Keep cannot work. Write ${value}s`;

const unusableFault = byName<[Parameters]>({
    ...FAULTS,
    idle_in_transaction_session_timeout: inSeconds,
    idle_session_timeout: inSeconds,
    lock_timeout: inSeconds,
    statement_timeout: inSeconds,
    transaction_timeout: inSeconds,
});

/**
 * Modules of PostgreSQL and its contrib, which Docker's image installs from Debian's packages: the files in lib/ of postgresql-15,
 * without adminpack and old_snapshot, which 17 has removed (its release notes).
 */
const MODULES = new Set(
    `amcheck auth_delay auto_explain autoinc basebackup_to_shell basic_archive bloom btree_gin btree_gist citext cube dblink dict_int
    dict_snowball dict_xsyn earthdistance file_fdw fuzzystrmatch hstore insert_username _int isn libpqwalreceiver llvmjit lo ltree moddatetime
    pageinspect passwordcheck pg_buffercache pg_freespacemap pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect
    pgcrypto pgoutput pgrowlocks pgstattuple pgxml plpgsql postgres_fdw refint seg sepgsql sslinfo tablefunc tcn test_decoding tsm_system_rows
    tsm_system_time unaccent uuid-ossp`.split(/\s+/),
);

const ofModules: Check<[string]> = (value, image) => {
    const names = value.split(",").map((name) => name.trim().replace(/^"?(\$libdir\/)?(.*?)(\.so)?"?$/, "$2"));
    const missing = names.find((name) => name !== "" && !MODULES.has(name));
    return (
        isDockersPostgres(image) &&
        missing !== undefined &&
        `contains ${missing}, which Docker's image of PostgreSQL does not have, so the server cannot load it. Set keep:images.postgres to an image that has it, or remove it`
    );
};

/** Why Docker's image of PostgreSQL lacks a library that a parameter loads; undefined if it has them all, or the image is another. */
export const libraryFault = byName<[image: string]>({
    archive_library: ofModules,
    session_preload_libraries: ofModules,
    shared_preload_libraries: ofModules,
});

/** Why PostgreSQL does not start with a parameter, or Keep cannot work with it; undefined if both do. */
export function faultOf(parameters: Parameters, name: string, value: string): string | undefined {
    return parameterFault(parameters, name, value) ?? unusableFault(name, value, parameters);
}
