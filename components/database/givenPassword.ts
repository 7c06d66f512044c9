import { issue, type Issue } from "../fields/issue";
import type { Engine } from "./engine";
import { engines, isEngineName } from "./engines";

/**
 * The issue of a `keep:databasePassword` that the server in the cluster does not accept for its user, so that its
 * container ends or the user is not created.
 * @param password the secret, which is not known if it is an Output
 * @param database `keep:database` as it is written, valid or not
 */
export function passwordIssues(password: unknown, database: unknown): Issue[] {
    const kind = (database as { readonly kind?: unknown } | undefined | null)?.kind;
    if (typeof password !== "string" || typeof kind !== "string" || !isEngineName(kind)) {
        return [];
    }
    const engine: Engine = engines[kind];
    const reason = engine.server.passwordFault?.(password);
    return reason === undefined ? [] : [issue("databasePassword", reason, { secretKey: "databasePassword" })];
}
