import { parseArgs } from "node:util";

import { closest, distance } from "fastest-levenshtein";

import { requireOverride } from "./overrides";
import { UserError } from "./userError";

/** What was asked for on the command line. */
export interface CommandLine {
    /** Name of the stack, as in Pulumi.<stack>.yaml. */
    readonly stack: string;
    /** `key=value` settings that take the place of the stack file's. */
    readonly overrides: readonly string[];
    /** The same for the revision of `--diff` alone. */
    readonly baseOverrides: readonly string[];
    /** The same for this side of `--diff` alone. */
    readonly headOverrides: readonly string[];
    /** Folder for the manifests; undefined when nobody said. */
    readonly out: string | undefined;
    /** Git revision to compare with. */
    readonly diff: string | undefined;
    /** What goes to stdout in place of the tree. */
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
    // For the other side of --diff, which runs as a process of its own.
    side: { type: "boolean" },
    stdout: { type: "boolean" },
} as const;

/** Kinds of output of which one run has one. */
const OUTPUTS = { stdout: "manifests", json: "json", "list-images": "images", diff: "diff", side: "side" } as const;

/** Reads the arguments of `npm start`, refusing what it does not know. */
export function parseCommandLine(args: readonly string[]): CommandLine {
    // Not strict: a wrong option is answered below, with the one that was probably meant.
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
        throw new UserError(`one stack at a time: ${positionals.join(", ")}`);
    }
    const [output, ...others] = Object.entries(OUTPUTS).filter(([name]) => given.has(name));
    if (others.length > 0) {
        throw new UserError(`--${output?.[0] ?? ""} and --${others[0]?.[0] ?? ""} exclude each other`);
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
        out: given.get("out")?.at(-1),
        diff: given.get("diff")?.at(-1),
        output: output?.[1] ?? "tree",
        showSecrets: given.has("show-secrets"),
        exitCode: given.has("exit-code"),
        color: !given.has("no-color"),
        debug: given.has("debug"),
        help: given.has("help"),
    };
}

/**
 * The name of a stack as it stands in its file's name.
 * @throws UserError for one that no stack can have, such as a path out of the project.
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
 * The one stack that a command names; `example` is the command with a stack.
 * @throws UserError for none, several, or one that no stack can have.
 */
export function onlyStack([stack, ...more]: readonly string[], example: string): string {
    if (stack === undefined || more.length > 0) {
        throw new UserError(`name one stack: ${example}`);
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
        throw new UserError(`${rawName} takes no value: ${rawName}=${value}`);
    }
    if (takesValue && (value === undefined || value === "" || value.startsWith("-"))) {
        throw new UserError(`${rawName} needs a value after it; npm start -- --help tells which`);
    }
    return value ?? "";
}

function isOption(name: string): name is keyof typeof OPTIONS {
    return name in OPTIONS;
}
