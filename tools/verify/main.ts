import { parseArguments } from "../command";
import { onlyStack } from "../preview/commandLine";
import { preview } from "../preview/project";
import { UserError } from "../preview/userError";
import { installedKeep } from "./installation";
import { preflight } from "./preflight";
import { CLUSTER_KEYS, connect } from "./preflight/apiServer";
import { DATABASE_KEYS, decryptedSettings, readStackConfig } from "./stackConfig";

/** What `npm run verify -- --help` prints. */
export const HELP = `Checks a deployed stack at its public URL: the certificate, the redirect to https, that metrics are closed, and sign-in. Then sends one
alert to the public URL, waits for it on the websocket, and deletes it. If a check fails, prints the tier that fails and the next command.

  npm run verify -- <stack> [--wait <seconds>] [--config key=value]
  npm run verify -- <stack> --preflight [--pods] [--config key=value]

  --wait <seconds>      repeats failing checks for this time; default: 0
  --preflight           checks, before the deployment, that the cluster has what the stack needs; creates nothing
  --pods                with --preflight: also runs two short pods in the namespace, which pull every image and log in to the database
  --config key=value    overrides a key of the stack file, as with npm start

Signs in with KEEP_USERNAME and KEEP_PASSWORD. If they are not set, signs in as the first user, with the stack's output firstUser, which
needs the Pulumi CLI. If users sign in with an identity provider, set KEEP_API_KEY to an API key of the role admin.
--preflight uses your kubeconfig. If you lack a right, it skips the check and names the right. docs/verify.md lists the rights.
--pods logs in to the database with the password in the stack file. If the password or a setting of the cluster, such as kubernetes:kubeconfig,
is encrypted, it needs the Pulumi CLI.

Exit codes: 0 all checks passed, 1 a check failed, 2 an error in the stack file or on the command line.
`;

const OPTIONS = {
    wait: { type: "string" },
    preflight: { type: "boolean" },
    pods: { type: "boolean" },
    config: { type: "string", short: "c", multiple: true },
} as const;

/** In seconds. The timeout is long enough to pull Keep's images, of about 1 GB. */
const POD_RUNS = { timeout: 300, interval: 1 };

/**
 * Runs the command in the project folder `root`. Returns the exit code.
 * @throws UserError for an error on the command line, or if there are no credentials
 */
export async function verify(args: readonly string[], root: string): Promise<number> {
    const { stack, overrides: given, wait, isPreflight, runsPods } = readArgs(args);
    const needed = [...(isPreflight ? CLUSTER_KEYS : []), ...(runsPods ? DATABASE_KEYS : [])];
    const overrides = [...(await decryptedSettings(root, stack, given, needed)), ...given];
    const settings = await readStackConfig(root, stack, overrides);
    if (!isPreflight) {
        return await installedKeep(settings, stack, wait, process.env);
    }
    const { resources } = await preview(root, stack, { overrides, showSecrets: false, debug: false });
    const { lines, failures } = await preflight(
        connect(settings.kubernetes),
        settings,
        resources,
        runsPods ? POD_RUNS : undefined,
    );
    console.log(lines.join("\n"));
    return failures === 0 ? 0 : 1;
}

/** The parsed command line. */
export interface Arguments {
    readonly stack: string;
    readonly overrides: readonly string[];
    /** Seconds. */
    readonly wait: number;
    readonly isPreflight: boolean;
    readonly runsPods: boolean;
}

/**
 * Reads the arguments of `npm run verify`.
 * @throws UserError for an unknown option or an invalid value
 */
export function readArgs(args: readonly string[]): Arguments {
    const { values, positionals } = parseArguments(args, OPTIONS, HELP);
    const stack = onlyStack(positionals, "npm run verify -- prod");
    const { wait = "0", preflight: isPreflight = false, pods: runsPods = false, config = [] } = values;
    if (!/^[0-9]{1,5}$/.test(wait)) {
        throw new UserError(`--wait ${wait} is not a number of seconds up to 99999. Write it like --wait 300`);
    }
    if (runsPods && !isPreflight) {
        throw new UserError(`--pods needs --preflight. Write npm run verify -- ${stack} --preflight --pods`);
    }
    return { stack, overrides: config, wait: Number(wait), isPreflight, runsPods };
}
