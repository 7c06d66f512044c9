import { relative, resolve } from "node:path";

import type { RecordedResource } from "../inProcess/recordedResource";
import { parseArguments } from "../command";
import { type Files, writeFiles } from "../output/files";
import { onlyStack } from "../preview/commandLine";
import { preview } from "../preview/project";
import { UserError } from "../preview/userError";
import { filesOf, MARK } from "./folder";
import { withoutValues } from "./secretOverrides";
import type { SecretsAs } from "./secretsAs";

/** What `npm run render -- --help` prints. */
export const HELP = `Writes what a stack makes as manifests for Argo CD, Flux or kubectl: the same bytes every time, no Secret's value.

  npm run render -- <stack> --out <folder>

  --out <folder>        where to; files of an earlier run that are no more are removed
  --secrets list        the default: SECRETS.md names each Secret that must exist, with its keys
  --secrets external    ExternalSecrets, for the External Secrets Operator; needs --store
  --secrets sealed      seal.sh, which makes SealedSecrets with kubeseal
  --store [kind/]name   store of the External Secrets Operator; a ClusterSecretStore unless it says its kind
  --path <path>         path of the folder in its repository, for Flux; default: the one from here
  --config key=value    a setting in the place of the stack file's, as with npm start

docs/gitops.md tells the rest.
`;

const OPTIONS = {
    out: { type: "string", short: "o" },
    secrets: { type: "string" },
    store: { type: "string" },
    path: { type: "string" },
    config: { type: "string", short: "c", multiple: true },
} as const;

/** Does what the arguments say, in the project in `root`, and answers with what to tell. */
export async function render(args: readonly string[], root: string): Promise<string> {
    const { stack, out, secrets, path, overrides } = readArgs(args);
    const made = await preview(root, stack, {
        overrides: withoutValues(overrides),
        showSecrets: true,
        debug: false,
        seed: "",
    });
    if (made.settings.encryptedKeys.includes("keep:secretEnv")) {
        throw new UserError(
            "keep:secretEnv is encrypted, so that nobody here knows which variables it has. Name them, with any values: " +
                `--config 'secretEnv={"backend":{"NAME":""}}'`,
        );
    }
    const release = made.settings.config["keep:release"] ?? "keep";
    const files = filesOf(made.resources, { secrets, release, path });
    writeFiles(resolve(out), files, { mark: MARK });
    return [`${files.size} files in ${out}`, ...notes(made.resources, files), ""].join("\n");
}

/** What is left to the reader. */
function notes(resources: readonly RecordedResource[], files: Files): string[] {
    const hasRemoval = resources.some(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));
    return [
        ...(files.has("seal.sh") ? ["Run seal.sh there: it makes the Secrets that are not sealed yet."] : []),
        ...(files.has("SECRETS.md") ? ["SECRETS.md there tells which Secrets there must be."] : []),
        ...(hasRemoval
            ? ["Not rendered: the removal of the Secrets that Keep wrote, which runs at pulumi destroy only."]
            : []),
    ];
}

/** What was asked for on the command line. */
export interface Arguments {
    readonly stack: string;
    readonly out: string;
    readonly secrets: SecretsAs;
    readonly path: string;
    readonly overrides: readonly string[];
}

/** Reads the arguments of `npm run render`, refusing what it does not know. */
export function readArgs(args: readonly string[]): Arguments {
    const { values, positionals } = parseArguments(args, OPTIONS, HELP);
    const stack = onlyStack(positionals, "npm run render -- prod --out manifests");
    if (values.out === undefined) {
        throw new UserError("--out is missing. Name the folder for the manifests: --out manifests");
    }
    const path = (values.path ?? relative(process.cwd(), resolve(values.out))).replace(/^[./]+|\/+$/g, "");
    return {
        stack,
        out: values.out,
        secrets: secretsAs(values),
        path,
        overrides: values.config ?? [],
    };
}

function secretsAs({ secrets = "list", store }: { secrets?: string; store?: string }): SecretsAs {
    if (secrets !== "external") {
        if (store !== undefined) {
            throw new UserError("--store goes with --secrets external");
        }
        if (secrets !== "list" && secrets !== "sealed") {
            throw new UserError(`--secrets ${secrets} is none of list, external and sealed`);
        }
        return { kind: secrets };
    }
    if (store === undefined) {
        throw new UserError(
            "--secrets external needs the store that holds the values: --store vault, or --store SecretStore/vault",
        );
    }
    const [name = "", kind = "ClusterSecretStore"] = store.split("/").reverse();
    return { kind: "external", store: { kind, name } };
}
