import { parseArgs } from "node:util";

import { closest, distance } from "fastest-levenshtein";

import { requireOverride } from "./overrides";
import { UserError } from "./userError";

/** The parsed command line of `npm start`. */
export interface CommandLine {
    /** Name of the stack, as in Pulumi.<stack>.yaml. */
    readonly stack: string;
    /** Settings as `key=value`, which override the stack file. */
    readonly overrides: readonly string[];
    /** Overrides only for the revision of `--diff`. */
    readonly baseOverrides: readonly string[];
    /** Overrides only for the present side of `--diff`. */
    readonly headOverrides: readonly string[];
    /** Folder for the manifests; undefined: not given. */
    readonly out: string | undefined;
    /** Git revision to compare with. */
    readonly diff: string | undefined;
    /** Output on stdout. */
    readonly output: "tree" | "manifests" | "json" | "images" | "diff" | "side";
    readonly showSecrets: boolean;
    readonly exitCode: boolean;
    readonly color: boolean;
    readonly debug: boolean;
    readonly help: boolean;
}

const OPTIONS = {
    config: { type: "string", short: "c", multiple: true },
    "config-base": { type: "string", multiple: true },
    "config-head": { type: "string", multiple: true },
    debug: { type: "boolean" },
    diff: { type: "string" },
    "exit-code": { type: "boolean" },
    help: { type: "boolean", short: "h" },
    json: { type: "boolean" },
    "list-images": { type: "boolean" },
    "no-color": { type: "boolean" },
    out: { type: "string", short: "o" },
    "show-secrets": { type: "boolean" },
    // Internal: for the process that previews the revision of --diff.
    side: { type: "boolean" },
    stdout: { type: "boolean" },
} as const;

/** Options that select the output; they exclude each other. */
const OUTPUTS = { stdout: "manifests", json: "json", "list-images": "images", diff: "diff", side: "side" } as const;

/**
 * Parses the arguments of `npm start`.
 * @throws UserError for an unknown option, with the most similar one, and for an invalid combination
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
    // Not strict, because valueOf() reports unknown options with a suggestion.
    const { tokens, positionals } = parseArgs({
        args: [...args],
        options: OPTIONS,
        allowPositionals: true,
        strict: false,
        tokens: true,
    });
    const given = new Map<string, string[]>();
    for (const token of tokens) {
        if (token.kind === "option") {
            given.set(token.name, [...(given.get(token.name) ?? []), valueOf(token)]);
        }
    }

    const [stack = "dev", ...more] = positionals;
    if (more.length > 0) {
        throw new UserError(`npm start takes one stack, not ${positionals.join(", ")}. Run it once for each`);
    }
    const [output, ...others] = Object.entries(OUTPUTS).filter(([name]) => given.has(name));
    if (others.length > 0) {
        throw new UserError(
            `--${output?.[0] ?? ""} and --${others[0]?.[0] ?? ""} exclude each other. Remove one of them`,
        );
    }
    for (const option of ["out", "diff"]) {
        if ((given.get(option) ?? []).length > 1) {
            throw new UserError(`--${option} is given twice. Give it once`);
        }
    }
    for (const option of ["exit-code", "config-base", "config-head"]) {
        if (given.has(option) && !given.has("diff")) {
            throw new UserError(`--${option} needs --diff <git revision>`);
        }
    }
    for (const override of ["config", "config-base", "config-head"].flatMap((option) => given.get(option) ?? [])) {
        requireOverride(override);
    }
    return {
        stack: stackName(stack),
        overrides: given.get("config") ?? [],
        baseOverrides: given.get("config-base") ?? [],
        headOverrides: given.get("config-head") ?? [],
        out: given.get("out")?.[0],
        diff: given.get("diff")?.[0],
        output: output?.[1] ?? "tree",
        showSecrets: given.has("show-secrets"),
        exitCode: given.has("exit-code"),
        color: !given.has("no-color"),
        debug: given.has("debug"),
        help: given.has("help"),
    };
}

/**
 * Validates the name of a stack, and returns it.
 * @throws UserError for an invalid name, such as a path
 */
export function stackName(text: string): string {
    // https://www.pulumi.com/docs/iac/concepts/stacks/#create-stack
    if (!/^[A-Za-z0-9_][\w.-]*$/.test(text)) {
        throw new UserError(
            `${text} is not the name of a stack. Use letters, digits, hyphens, underscores and periods, as in prod for Pulumi.prod.yaml`,
        );
    }
    return text;
}

/**
 * The name of the stack from the arguments of a command.
 * @param example the command with a stack, for the message
 * @throws UserError if there is no name, several names, or an invalid one
 */
export function onlyStack([stack, ...more]: readonly string[], example: string): string {
    if (stack === undefined || more.length > 0) {
        throw new UserError(`the command needs the name of one stack: ${example}`);
    }
    return stackName(stack);
}

interface OptionToken {
    readonly name: string;
    readonly rawName: string;
    readonly value?: string | undefined;
}

function valueOf({ name, rawName, value }: OptionToken): string {
    if (!isOption(name)) {
        const near = closest(name, Object.keys(OPTIONS));
        const hint = distance(name, near) <= 3 ? `did you mean --${near}?` : "npm start -- --help lists them all";
        throw new UserError(`${rawName} is not an option; ${hint}`);
    }
    const takesValue = OPTIONS[name].type === "string";
    if (!takesValue && value !== undefined) {
        throw new UserError(`${rawName}=${value}: the option takes no value. Write ${rawName}`);
    }
    if (takesValue && (value === undefined || value === "" || value.startsWith("-"))) {
        throw new UserError(`${rawName} needs a value. See npm start -- --help`);
    }
    return value ?? "";
}

function isOption(name: string): name is keyof typeof OPTIONS {
    return Object.hasOwn(OPTIONS, name);
}
