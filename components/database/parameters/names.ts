import { issue, type Issue } from "../../fields/issue";
import { nearest } from "../../fields/nearest";
import { hasLater } from "../../tokens";

/**
 * The parameter that a server sets for a name: without prefixes, and with an abbreviated name completed.
 */
export function meantParameter(plain: string, known: readonly string[], prefixes: readonly string[]): string {
    if (known.includes(plain) || prefixes.length === 0) {
        return plain;
    }
    const words = plain.split("_");
    const first = words.findIndex((word) => !prefixes.includes(word));
    const length = first < 0 ? words.length : first;
    const forms = Array.from({ length: length + 1 }, (_, index) => words.slice(index).join("_"));
    const meant = forms.map((form) => known.find((name) => name.startsWith(form))).find((name) => name !== undefined);
    // skip_name_resolve and disable_log_bin are parameters, and loose_ marks those of a plugin that may not be loaded.
    return meant ?? (/^(disable|loose|skip)_/.test(plain) ? plain : (forms.at(-1) ?? plain));
}

/**
 * The issue of a name that the server does not know, that another owner sets, or in another spelling.
 * @param meant the parameter that the server sets for a name in lower case with underscores
 * @param isDecided whether the owner sets a parameter
 */
export function nameIssue(
    name: string,
    meant: (plain: string) => string,
    isDecided: (parameter: string) => boolean,
    owner: string,
): Issue | undefined {
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
        return issue(
            settingPath(name),
            "is not the name of a parameter. Use letters, digits, underscores, dashes and dots",
        );
    }
    // Servers read dashes as underscores.
    const parameter = meant(name.toLowerCase().replaceAll("-", "_"));
    if (isDecided(parameter)) {
        return issue(settingPath(name), `is set by ${owner}. Remove it`);
    }
    // Another spelling would be set in addition to the default of keep:size, and the check of connections would ignore
    // it.
    return name === parameter
        ? undefined
        : issue(
              settingPath(name),
              "is another spelling of a parameter. Write its complete name in lower case with underscores, without a prefix",
          );
}

/** Path of a parameter. */
export function settingPath(name: string): string[] {
    return ["database", "settings", name];
}

/**
 * What to do about a name that a server does not know: use the most similar name.
 * @param page lists all names, and is shown if none is similar
 */
export function fixOf(name: string, names: readonly string[], page: string): string {
    const best = nearest(name, names);
    return best === undefined ? `See ${page}` : `Perhaps you meant keep:${settingPath(best).join(".")}`;
}

/** A reason why Keep or its database cannot work with a valid value; false if they can. */
export type Check<More extends readonly unknown[] = []> = (value: string, ...more: More) => string | false;

/** The reason of the check for a parameter; undefined if there is none, or the value is not known yet. */
export function byName<More extends readonly unknown[]>(checks: Readonly<Record<string, Check<More>>>) {
    return (name: string, value: string, ...more: More): string | undefined => {
        const fault = !hasLater(value) && Object.hasOwn(checks, name) && checks[name]?.(value, ...more);
        return fault === false ? undefined : fault;
    };
}
