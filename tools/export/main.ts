import { relative, resolve, sep } from "node:path";

import { publicUrls } from "../../components/ingress/urls";
import { KIND_NAMES } from "../../components/provision/kinds";
import { parseArguments } from "../command";
import { writeFiles } from "../output/files";
import { onlyStack } from "../preview/commandLine";
import { UserError } from "../preview/userError";
import { credentials } from "../verify/installation";
import { readStackConfig } from "../verify/stackConfig";
import { type Api, signIn } from "./api";
import { filesOf, read } from "./kinds";
import { problemsOf } from "./problems";
import { providersTemplate } from "./providers";

/** What `npm run export -- --help` prints. */
export const HELP = `Writes the content of a running Keep to files that keep:provision reads: workflows, rules, dashboards, maintenance windows and presets.

  npm run export -- <stack> [--url <url>] [--out <folder>] [--config key=value]

  --url <url>           address of Keep's API; default: the public one of the stack, such as https://keep.example.com/v2
  --out <folder>        folder in this repository; default: provision
  --config key=value    sets a key in place of the stack file, as with npm start

Signs in with KEEP_API_KEY, an API key of role admin (Keep, Settings, API keys), with KEEP_USERNAME and KEEP_PASSWORD, or else as the first
user, whose password the Pulumi CLI reads. Overwrites files of the same name, and leaves all others. Prints the providers without their credentials.

Exit codes: 0 the files are written, 2 a mistake in the stack file or on the command line, or Keep cannot be read.
`;

const OPTIONS = {
    url: { type: "string" },
    out: { type: "string" },
    config: { type: "string", short: "c", multiple: true },
} as const;

/**
 * Does what the arguments say, in the project in `root`, and returns the lines to print.
 * @throws UserError for a mistake on the command line, or where Keep rejects the access.
 */
export async function exportContent(args: readonly string[], root: string): Promise<string[]> {
    const { stack, overrides, url, out } = readArgs(args);
    const folder = resolve(root, out);
    if (relative(root, folder).split(sep)[0] === "..") {
        throw new UserError(
            `--out ${out} is outside this repository, where keep:provision reads no files. Name a folder in it`,
        );
    }
    const { config } = await readStackConfig(root, stack, overrides);
    const access = await credentials(config.auth.kind, stack, process.env);
    const api = await signIn(url ?? publicUrls(config).backend, access);
    return await writeContent(api, root, relative(root, folder).replaceAll(sep, "/"));
}

/** Writes the content of a Keep below `out`, a path in `root`, and returns what to tell the user. */
export async function writeContent(api: Api, root: string, out: string): Promise<string[]> {
    const contents = await Promise.all(
        KIND_NAMES.map(async (kind) => [kind, filesOf(kind, await read(kind, api))] as const),
    );
    const written = contents.filter(([, files]) => files.size > 0);
    for (const [kind, files] of written) {
        writeFiles(resolve(root, out, kind), files);
    }
    const template = await providersTemplate(api);
    const settings = Object.fromEntries(written.map(([kind]) => [kind, `${out}/${kind}`]));
    return [
        ...contents.map(([kind, { size }]) => `${kind}: ${size} ${size === 1 ? "file" : "files"}`),
        ...problemsOf(root, settings).map((problem) => `warning: ${problem}`),
        ...(written.length === 0 ? [] : ["", "Set in the stack file:", "", "keep:provision:"]),
        ...Object.entries(settings).map(([kind, directory]) => `    ${kind}: ${directory}`),
        ...(template === undefined
            ? []
            : [
                  "",
                  "Providers connected in Keep, without their credentials. Fill them in and set keep:providers:",
                  "",
                  template,
              ]),
    ];
}

/** What was asked for on the command line. */
export interface Arguments {
    readonly stack: string;
    readonly overrides: readonly string[];
    /** Address of the API; undefined: that of the stack. */
    readonly url: string | undefined;
    /** Relative to the project. */
    readonly out: string;
}

/**
 * Reads the arguments of `npm run export`.
 * @throws UserError for what it does not know.
 */
export function readArgs(args: readonly string[]): Arguments {
    const { values, positionals } = parseArguments(args, OPTIONS, HELP);
    const stack = onlyStack(positionals, "npm run export -- prod");
    const { url, out = "provision", config = [] } = values;
    if (url !== undefined && !/^https?:\/\/[^\s@]+$/.test(url)) {
        throw new UserError(
            `--url ${url} is not the address of an API. Write it like --url https://keep.example.com/v2`,
        );
    }
    return { stack, overrides: config, url: url?.replace(/\/+$/, ""), out };
}
