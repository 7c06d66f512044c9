/**
 * What a YAML parser reports, with the position, but without the text of the file, which may be a password: the parsers
 * print the lines around an error, and name aliases, tags and unexpected text, such as that of `password: *hunter2`.
 */
export function yamlReason(message: string): string {
    const [line = ""] = message.split("\n");
    const reason = line.replace(/(?<=\)|tag): \S+| "[^"]*"| '[^']*'| !<.*>/g, "").replace(/:(?=$| at line \d)/g, "");
    // `schedule: */5 * * * *` would be an alias.
    return /alias (?:node|cannot|at)|(?:unidentified|unresolved) alias/i.test(reason)
        ? `${reason}. Put a value that begins with * into quotes, such as "*/5 * * * *"`
        : reason;
}
