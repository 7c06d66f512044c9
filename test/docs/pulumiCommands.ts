/**
 * The commands of the Pulumi CLI that the documents may tell, each with its options (https://www.pulumi.com/docs/iac/cli/commands/).
 * A command that is not here is either misspelt, or belongs here.
 */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
    "config env add": [],
    "config get": ["--path"],
    "config set": ["--path", "--plaintext", "--secret"],
    "config rm": ["--path"],
    console: [],
    destroy: ["--yes", "--run-program", "--target"],
    "env init": [],
    "env edit": [],
    "env set": ["--secret"],
    import: ["--file"],
    login: ["--local"],
    logs: [],
    new: [],
    "package add": [],
    "policy enable": [],
    preview: ["--diff", "--json", "--policy-pack", "--refresh"],
    refresh: ["--yes", "--preview-only"],
    "stack export": ["--file", "--show-secrets"],
    "stack import": ["--file"],
    "stack init": ["--secrets-provider"],
    "stack ls": [],
    "stack output": ["--show-secrets", "--json"],
    "stack rename": [],
    "stack rm": ["--force"],
    "stack select": [],
    "state delete": ["--target-dependents"],
    "state unprotect": [],
    up: ["--diff", "--policy-pack", "--refresh", "--replace", "--skip-preview", "--target", "--yes"],
};

/** Options that every command has. */
const COMMON = ["-s", "--stack", "-C", "--cwd", "--yes", "-y", "--non-interactive"];

/** What is wrong with a command, if it calls Pulumi. */
export function pulumiFaults(command: string): string[] {
    const call = /^(?:npx )?pulumi ([^|><]*)/.exec(command)?.[1];
    if (call === undefined) {
        return [];
    }
    const words = call.trim().split(/\s+/);
    const known = Object.keys(COMMANDS)
        .sort((a, b) => b.length - a.length)
        .find((name) => name === words.slice(0, name.split(" ").length).join(" "));
    if (known === undefined) {
        return [`${command}: no such command`];
    }
    const options = words.slice(known.split(" ").length).filter((word) => /^-{1,2}[a-zA-Z]/.test(word));
    return options
        .map((option) => option.replace(/=.*$/, ""))
        .filter((option) => !COMMANDS[known]?.includes(option) && !COMMON.includes(option))
        .map((option) => `${command}: ${known} has no option ${option}`);
}
