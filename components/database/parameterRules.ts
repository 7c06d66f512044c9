import type { ImagesConfig } from "../fields/images";
import { issue, type Issue } from "../fields/issue";
import { amountOf } from "../fields/quantity";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import type { Engine, EngineServer, ParameterChecks } from "./engine";
import { engines } from "./engines";
import { copiesOutside } from "./parameters/archive";
import { meantParameter, nameIssue, settingPath } from "./parameters/names";
import { operatorIssues } from "./parameters/operator";
import { limitOf } from "./parameters/server";
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
    ({ database, images }) => (isServer(database) ? valueIssues(database, checksOf(database, images)) : []),
    ({ database, images }) =>
        isServer(database) && !hasLater(database.settings)
            ? (checksOf(database, images).together?.(database) ?? [])
            : [],
    ({ database, images }) => (isServer(database) ? [memoryIssue(database, checksOf(database, images))] : []),
    ({ database, images }) => (database.kind === "cloudnativepg" ? operatorIssues(database, images.cloudnativepg) : []),
];

/** Conditions on the parameters of the version of a server. */
function checksOf({ kind }: ServerConfig, images: ImagesConfig): ParameterChecks {
    const { checks }: EngineServer = engines[kind].server;
    return checks?.(images[kind]) ?? {};
}

/** The issue of a memory limit that is too low, or of a cache that does not fit into it. */
function memoryIssue({ kind, resources, settings }: ServerConfig, { cache }: ParameterChecks): Issue | false {
    const { server, title }: Engine = engines[kind];
    const given = resources ?? server.resources;
    const least = server.leastMemory(settings);
    return limitOf(given.limits?.memory) < amountOf(least)
        ? issue("database.resources.limits.memory", `is less than ${title} needs. Set it to ${least} or more`, {
              value: given.limits?.memory,
          })
        : (cache?.(settings, given) ?? false);
}

function valueIssues({ kind, settings }: ServerConfig, { fault }: ParameterChecks): Issue[] {
    const { presets, server, title }: Engine = engines[kind];
    const { decidedSettings, prefixes = [] } = server;
    if (decidedSettings === "all") {
        return Object.keys(settings).length === 0
            ? []
            : [issue("database.settings", `is set, but ${title} has no parameters at its start. Remove it`)];
    }
    const preset = Object.values(presets).flatMap((each) => Object.keys(each.settings ?? {}));
    const known = [...decidedSettings, ...preset, ...Object.keys(server.settings)];
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
        const reason = textProblem(name, value, Object.values(server.scratch)) ?? fault?.(name, value);
        return reason === undefined ? [] : [issue(settingPath(name), reason, { value })];
    });
}

/** @param scratch directories of the pod for temporary files, which the server may lose */
function textProblem(name: string, value: string, scratch: readonly string[]): string | undefined {
    // Kubernetes expands $(NAME) in arguments.
    if (/\$\(|\p{Cc}/u.test(value)) {
        return "contains $( or a control character. Write the value itself";
    }
    if (name.endsWith("tmpdir") && scratch.includes(value.replace(/\/$/, ""))) {
        return undefined;
    }
    // A command also names programs and configurations of the image.
    const isOutside = name.endsWith("command")
        ? copiesOutside(value)
        : /(^|[\s;,=:'"])\.{0,2}\/|(^|[\s;,=:/'"])\.\.($|[\s;,:/'"])/.test(value);
    return isOutside ? "is a path outside the data directory, which is lost with the pod. Remove it" : undefined;
}
