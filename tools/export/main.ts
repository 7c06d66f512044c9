import { relative, resolve, sep } from "node:path";

import * as z from "zod";

import { type AuthConfig, tenantSetting } from "../../components/auth/settings";
import type { DatabaseConfig } from "../../components/database/settings";
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
export const HELP = `Writes the content of a running Keep to files for keep:provision: workflows, rules, dashboards, maintenance windows and presets.

  npm run export -- <stack> [--url <url>] [--out <folder>] [--config key=value]

  --url <url>           URL of Keep's API; default: the stack's public URL of the API, such as https://keep.example.com/v2
  --out <folder>        folder in this repository; default: provision
  --config key=value    overrides a key of the stack file, as in npm start

Signs in with KEEP_API_KEY, an API key with the role admin (Keep, Settings, API keys), or with KEEP_USERNAME and KEEP_PASSWORD. Without
these variables, signs in as the first user, whose password it reads with the Pulumi CLI. Overwrites files with the same name, and keeps
all others. Prints the providers without their credentials.

Exit codes: 0 success, 2 an error in the stack file or on the command line, or Keep cannot be read.
`;

const OPTIONS = {
    url: { type: "string" },
    out: { type: "string" },
    config: { type: "string", short: "c", multiple: true },
} as const;

/**
 * Runs the command in the project folder `root`. Returns the lines to print.
 * @throws UserError for an error on the command line, or if Keep rejects the credentials or something else answers
 */
export async function exportContent(args: readonly string[], root: string): Promise<string[]> {
    const { stack, overrides, url, out } = readArgs(args);
    const folder = resolve(root, out);
    if (relative(root, folder).split(sep)[0] === "..") {
        throw new UserError(
            `--out ${out} is outside this repository, and keep:provision reads only files in it. Set --out to a folder in it`,
        );
    }
    const { config } = await readStackConfig(root, stack, overrides);
    const access = await credentials(config.auth.kind, stack, process.env);
    const address = url ?? publicUrls(config).backend;
    try {
        const api = await signIn(address, access);
        return await writeContent(api, root, relative(root, folder).replaceAll(sep, "/"), config);
    } catch (error) {
        if (error instanceof z.ZodError) {
            throw new UserError(
                `${address} answers without the fields of Keep's API (${error.issues[0]?.path.join(".") ?? ""}). Set --url to the URL of the API, such as https://keep.example.com/v2, of a version that this program deploys`,
            );
        }
        throw error;
    }
}

/** The settings of a stack on which it depends whether the stack can load the content of a Keep. */
interface Target {
    readonly auth: AuthConfig;
    readonly database: DatabaseConfig;
}

/** Writes the content of a Keep to `out`, a path relative to `root`. Returns the lines to print for a stack with these settings. */
export async function writeContent(api: Api, root: string, out: string, target: Target): Promise<string[]> {
    const contents = await Promise.all(
        KIND_NAMES.map(async (kind) => [kind, filesOf(kind, await read(kind, api))] as const),
    );
    const written = contents.filter(([, files]) => files.size > 0);
    for (const [kind, files] of written) {
        writeFiles(resolve(root, out, kind), files);
    }
    const template = await providersTemplate(api);
    const settings = Object.fromEntries(written.map(([kind]) => [kind, `${out}/${kind}`]));
    const tenants = tenantSetting(target.auth);
    return [
        ...contents.map(([kind, { size }]) => `${kind}: ${size} ${size === 1 ? "file" : "files"}`),
        ...problemsOf(root, settings, target.database).map((problem) => `warning: ${problem}`),
        ...(tenants === undefined
            ? []
            : [
                  `warning: ${tenants} gives users tenants of their own, so this stack cannot have keep:provision and keep:providers. Use the files in another stack`,
              ]),
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

/** The parsed command line. */
export interface Arguments {
    readonly stack: string;
    readonly overrides: readonly string[];
    /** URL of the API; undefined: that of the stack. */
    readonly url: string | undefined;
    /** Relative to the project. */
    readonly out: string;
}

/**
 * Reads the arguments of `npm run export`.
 * @throws UserError for an unknown option or an invalid value
 */
export function readArgs(args: readonly string[]): Arguments {
    const { values, positionals } = parseArguments(args, OPTIONS, HELP);
    const stack = onlyStack(positionals, "npm run export -- prod");
    const { url, out = "provision", config = [] } = values;
    if (url?.includes("@")) {
        throw new UserError(
            "--url contains credentials. Remove them, and set KEEP_API_KEY, or KEEP_USERNAME and KEEP_PASSWORD",
        );
    }
    if (url !== undefined && !/^https?:\/\/\S+$/.test(url)) {
        throw new UserError(`--url ${url} is not a URL. Write it like --url https://keep.example.com/v2`);
    }
    return { stack, overrides: config, url: url?.replace(/\/+$/, ""), out };
}
