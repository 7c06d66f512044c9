/** Whether an entry of NO_PROXY includes a host: clients compare the end of the host, by whole labels. */
export function includesHost(entry: string, host: string): boolean {
    const [name = ""] = entry.replace(/^\./, "").toLowerCase().split(":");
    return name === "*" || host === name || host.endsWith(`.${name}`);
}
