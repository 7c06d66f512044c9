import type { ImagesConfig } from "../fields/images";
import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import type { Engine } from "./engine";
import { engines } from "./engines";
import { bufferPoolIssue, optionFault, optionsOf } from "./parameters/mysql";
import { togetherIssues } from "./parameters/mysqlUnusable";
import { meantParameter, nameIssue, settingPath } from "./parameters/names";
import { operatorIssues } from "./parameters/operator";
import { parameterFault, parametersOf } from "./parameters/postgres";
import { unusableFault } from "./parameters/postgresUnusable";
import { leastMemoryIssue, memoryIssue, serverIssues } from "./parameters/server";
import { type DatabaseConfig, isServer, type ServerConfig } from "./settings";

/** Settings that determine the parameters of a server. */
interface Settings {
    readonly database: DatabaseConfig;
    readonly images: ImagesConfig;
}

/**
 * Conditions on the parameters of a database server in the cluster: valid names and values, none that the program
 * sets, and none with which the server does not start.
 */
export const parameterRules: readonly Rule<Settings>[] = [
    ({ database, images }) => (isServer(database) ? valueIssues(database, images) : []),
    ({ database, images }) =>
        database.kind === "mysql" && optionsOf(images.mysql) !== undefined && !hasLater(database.settings)
            ? togetherIssues(database, images.mysql)
            : [],
    ({ database, images }) => (database.kind === "postgres" ? serverIssues(database, images.postgres) : []),
    ({ database, images }) => (isServer(database) ? [memoryOf(database, images)] : []),
    ({ database, images }) => (database.kind === "cloudnativepg" ? operatorIssues(database, images.cloudnativepg) : []),
];

/** The issue of a memory limit that is too low, or of a cache that does not fit into it. */
function memoryOf(database: ServerConfig, images: ImagesConfig): Issue | false {
    const parameters = parametersOf(images.postgres);
    const { kind, resources = engines[kind].server.resources, settings } = database;
    return (
        leastMemoryIssue(database) ||
        (kind === "mysql" && bufferPoolIssue(settings, resources)) ||
        (kind === "postgres" && parameters !== undefined && memoryIssue(parameters, settings, resources))
    );
}

function valueIssues({ kind, settings }: ServerConfig, images: ImagesConfig): Issue[] {
    const { presets, server, title }: Engine = engines[kind];
    const { decidedSettings, prefixes = [] } = server;
    if (decidedSettings === "all") {
        return Object.keys(settings).length === 0
            ? []
            : [issue("database.settings", `is set, but ${title} has no parameters at its start. Remove it`)];
    }
    const preset = Object.values(presets).flatMap((each) => Object.keys(each.settings ?? {}));
    const known = [...decidedSettings, ...preset, ...Object.keys(server.settings)];
    const faultOf = faultsOf(kind, images);
    return Object.entries(settings).flatMap(([name, value]) => {
        const found = nameIssue(
            name,
            (plain) => meantParameter(plain, known, prefixes),
            (parameter) => decidedSettings.includes(parameter),
            "the program",
        );
        if (found !== undefined) {
            return [found];
        }
        const reason = textProblem(value) ?? faultOf?.(name, value);
        return reason === undefined ? [] : [issue(settingPath(name), reason, { value })];
    });
}

/** What is wrong with a parameter by its server; undefined if the parameters of the server's version are unknown. */
function faultsOf(
    kind: string,
    images: ImagesConfig,
): ((name: string, value: string) => string | undefined) | undefined {
    const parameters = kind === "postgres" ? parametersOf(images.postgres) : undefined;
    if (parameters !== undefined) {
        return (name, value) => parameterFault(parameters, name, value) ?? unusableFault(parameters, name, value);
    }
    const options = kind === "mysql" ? optionsOf(images.mysql) : undefined;
    return options && ((name, value) => optionFault(options, name, value));
}

function textProblem(value: string): string | undefined {
    // Kubernetes expands $(NAME) in arguments.
    if (/\$\(|\p{Cc}/u.test(value)) {
        return "contains $( or a control character. Write the value itself";
    }
    return /(^|[\s;,=:'"])\.{0,2}\/|(^|[\s;,=:/'"])\.\.($|[\s;,:/'"])/.test(value)
        ? "is a path outside the data directory, which is lost with the pod. Remove it"
        : undefined;
}
