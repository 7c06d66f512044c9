import { issue, type Issue } from "../fields/issue";
import type { Engine } from "./engine";
import { engines, isEngineName } from "./engines";

/**
 * The issue of a `keep:databasePassword` that the server in the cluster does not accept for its user, so that its
 * container ends or the user is not created, or with which Keep cannot sign in.
 * @param password the secret, which is not known if it is an Output
 * @param database `keep:database` as it is written, valid or not
 */
export function passwordIssues(password: unknown, database: unknown): Issue[] {
    const { kind, engine: external } = (database ?? {}) as { readonly kind?: unknown; readonly engine?: unknown };
    // Keep's driver for MySQL is the same for an external server. The other engines have conditions of their images.
    const name = kind === "external" && external === "mysql" ? external : kind;
    if (typeof password !== "string" || typeof name !== "string" || !isEngineName(name)) {
        return [];
    }
    const engine: Engine = engines[name];
    const reason = engine.server.passwordFault?.(password);
    return reason === undefined ? [] : [issue("databasePassword", reason, { secretKey: "databasePassword" })];
}
