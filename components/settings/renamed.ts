/** A renamed setting. */
export interface Renamed {
    /** Old path, without `keep:`. */
    readonly from: string;
    /** New path, without `keep:`. */
    readonly to: string;
    /** First version with the new name. */
    readonly since: string;
}

/** A setting whose default has changed. */
export interface ChangedDefault {
    /** Path, without `keep:`. */
    readonly key: string;
    /** Old default. */
    readonly was: string;
    /** First version with the present default. */
    readonly since: string;
}

/**
 * All renamed settings. The messages about unknown settings, `npm run migrate` and docs/upgrade.md use this list.
 */
export const RENAMED: readonly Renamed[] = [];

/** All settings whose default has changed in a way that changes the objects of a deployed stack. */
export const CHANGED_DEFAULTS = [
    { key: "ingress.kind", was: "nginx", since: "0.2.0" },
] as const satisfies readonly ChangedDefault[];

/**
 * The present path of a renamed setting, or of a setting in it; undefined if it was not renamed.
 */
export function presentPath(
    path: readonly string[],
    renamed = RENAMED,
): { readonly path: string[]; readonly since: string } | undefined {
    const row = renamed.find(({ from }) => `${path.join(".")}.`.startsWith(`${from}.`));
    return row && { path: [...row.to.split("."), ...path.slice(row.from.split(".").length)], since: row.since };
}
