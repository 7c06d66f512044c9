import type { Engine } from "./engine";
import { mysql } from "./mysql";
import { postgres } from "./postgres";
import { sqlserver } from "./sqlserver";

/**
 * All database engines, by `keep:database.kind` for servers in the cluster and `keep:database.engine` for external
 * servers.
 */
export const engines = { postgres, mysql, sqlserver } satisfies Readonly<Record<string, Engine>>;

/** Kind of a database engine. */
export type EngineName = keyof typeof engines;

/** The engine names, in the order of the documentation. */
export const engineNames = Object.keys(engines) as [EngineName, ...EngineName[]];

/** Whether a text is the name of an engine. */
export function isEngineName(name: string): name is EngineName {
    return Object.hasOwn(engines, name);
}
