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

const unusableFault = byName(FAULTS);

/** Why PostgreSQL does not start with a parameter, or Keep cannot work with it; undefined if both do. */
export function faultOf(parameters: Parameters, name: string, value: string): string | undefined {
    return parameterFault(parameters, name, value) ?? unusableFault(name, value, parameters);
}
