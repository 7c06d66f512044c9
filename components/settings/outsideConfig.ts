/** Those of the top-level keys of a stack file that are keys of settings. */
export function namesOfSettings(keys: readonly unknown[]): string[] {
    return keys.flatMap((key) => (typeof key === "string" && key.includes(":") ? [key] : []));
}

/** The error for keys outside `config`. */
export function outsideConfig(file: string, [first = "", ...others]: readonly string[]): string {
    return others.length === 0
        ? `${file}: ${first} is outside config, so Pulumi ignores it. Indent it under config:`
        : `${file}: ${[first, ...others].join(", ")} are outside config, so Pulumi ignores them. Indent them under config:`;
}
