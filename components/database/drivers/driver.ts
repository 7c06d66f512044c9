import { nearest } from "../../fields/nearest";

/** The Python driver of an engine, to which SQLAlchemy passes the parameters of a database URL. */
export interface Driver {
    /** Name in messages. */
    readonly title: string;
    /** The parameters that a URL can set, and those that it cannot, by name. */
    readonly parameters: Readonly<Record<string, ParameterKind>>;
    /** Parameters that name files or directories. */
    readonly files: readonly string[];
    /** Why a parameter cannot be set beside or without others, without their values; undefined if it can. */
    readonly together?: (name: string, parameters: Readonly<Record<string, string>>) => string | undefined;
    /** Parameters of other clients that URLs of services contain, in any case, each with the fix. */
    readonly ofOthers?: readonly (readonly [name: RegExp, fix: string])[];
    /** Whether there are others: ODBC drivers define their own. Names then differ in more than case. */
    readonly hasOthers: boolean;
}

/**
 * What a parameter accepts, from the text in a URL: any text, a whole number, a positive one, a boolean of SQLAlchemy,
 * certain words, or a pattern with the message for other values; or why a URL cannot set it.
 */
export type ParameterKind =
    | "text"
    | "whole"
    | "positive"
    | "boolean"
    | readonly string[]
    | { readonly reason: string; readonly fix?: string }
    | { readonly pattern: RegExp; readonly fault: string };

/** The message for a parameter of other clients; undefined if it is none. */
export function foreignFault({ ofOthers, title }: Driver, name: string): string | undefined {
    const [, fix] = ofOthers?.find(([names]) => names.test(name)) ?? [];
    return fix === undefined ? undefined : `is a parameter of other clients than ${title}. ${fix}`;
}

/** Why a driver rejects the name of a parameter, or cannot read it from a URL; undefined if it accepts it. */
export function nameFault(driver: Driver, name: string): string | undefined {
    const { hasOthers, parameters, title } = driver;
    if (Object.hasOwn(parameters, name)) {
        const kind = parameters[name];
        return typeof kind === "object" && "reason" in kind
            ? `cannot be set: ${kind.reason}. ${kind.fix ?? "Remove it"}`
            : undefined;
    }
    const ofOthers = foreignFault(driver, name);
    if (ofOthers !== undefined) {
        return ofOthers;
    }
    const names = Object.keys(parameters);
    const same = names.find((known) => known.toLowerCase() === name.toLowerCase());
    if (hasOthers) {
        return same === undefined ? undefined : `is another spelling of ${same}. Write ${same}`;
    }
    const settable = names.filter((known) => nameFault(driver, known) === undefined);
    const best = same ?? nearest(name, settable);
    return `is not a parameter of ${title}. ${best === undefined ? "Remove it" : `Perhaps you meant ${best}`}`;
}

/**
 * Why a driver rejects the value of a parameter; undefined if it accepts it, or ignores it because it is empty. The reason
 * does not contain the value.
 */
export function valueFault({ parameters }: Driver, name: string, value: string): string | undefined {
    const kind = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (kind === undefined || value === "") {
        return undefined;
    }
    switch (kind) {
        case "text":
            return undefined;
        case "whole":
            return /^-?\d{1,9}$/.test(value) ? undefined : "is not a whole number. Write only digits";
        case "positive":
            return /^\d{1,9}$/.test(value) && Number(value) > 0
                ? undefined
                : "is not a positive whole number. Write only digits";
        case "boolean":
            return isTrue(value) || /^(false|no|off|n|f|0)$/i.test(value)
                ? undefined
                : "is not a boolean. Use true or false";
        default:
            if ("pattern" in kind) {
                return kind.pattern.test(value) ? undefined : kind.fault;
            }
            return "reason" in kind || kind.includes(value) ? undefined : `cannot be used. Use ${kind.join(", ")}`;
    }
}

/** Whether SQLAlchemy reads a boolean as true (lib/sqlalchemy/util/langhelpers.py, asbool). */
export function isTrue(value: string | undefined): boolean {
    return value !== undefined && /^(true|yes|on|y|t|1)$/i.test(value);
}

/** The files and directories that parameters name, by parameter. */
export function filesOf({ files }: Driver, parameters: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(parameters).filter(([name, path]) => files.includes(name) && path.startsWith("/")),
    );
}
