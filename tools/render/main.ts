import { relative, resolve } from "node:path";

import type { RecordedResource } from "../inProcess/recordedResource";
import { parseArguments } from "../command";
import { type Files, writeFiles } from "../output/files";
import { colors } from "../preview/colors";
import { onlyStack } from "../preview/commandLine";
import { preview } from "../preview/project";
import { remarks } from "../preview/report";
import { UserError } from "../preview/userError";
import { filesOf, MARK } from "./folder";
import { withoutValues } from "./secretOverrides";
import type { SecretsAs } from "./secretsAs";

/** What `npm run render -- --help` prints. */
export const HELP = `Writes the manifests of a stack for Argo CD, Flux or kubectl. The output is reproducible and contains no secret.

  npm run render -- <stack> --out <folder>

  --out <folder>        folder for the manifests; removes files of earlier runs that are no longer generated
  --secrets list        default: writes SECRETS.md, a list of the Secrets that must exist, with their keys
  --secrets external    writes ExternalSecrets, for the External Secrets Operator; needs --store
  --secrets sealed      writes seal.sh, which creates SealedSecrets with kubeseal
  --store [kind/]name   store of the External Secrets Operator; default kind: ClusterSecretStore
  --path <path>         path of the folder in its repository, for Flux; default: its path relative to the current folder
  --config key=value    overrides a key of the stack file, as in npm start

See docs/gitops.md.
`;

const OPTIONS = {
    out: { type: "string", short: "o" },
    secrets: { type: "string" },
    store: { type: "string" },
    path: { type: "string" },
    config: { type: "string", short: "c", multiple: true },
} as const;

/**
 * Runs the command in the project folder `root`. Returns the text to print.
 * @throws UserError for an error on the command line
 */
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
            "keep:secretEnv is encrypted, and the names of its variables are needed. Add them with empty values: " +
                `--config 'secretEnv={"backend":{"NAME":""}}'`,
        );
    }
    const { config, encryptedKeys } = made.settings;
    const release = config["keep:release"] ?? "keep";
    const encrypted = new Map(encryptedKeys.map((key) => [key.replace(/^keep:/, ""), config[key] ?? ""]));
    const files = filesOf(made.resources, { secrets, release, path, encrypted });
    writeFiles(resolve(out), files, { mark: MARK, subfolders: /^wave-[0-9]+$/ });
    const done = [`${files.size} files in ${out}`, ...nextSteps(made.resources, files)].join("\n");
    return `${[done, ...remarks(made, colors(false))].join("\n\n")}\n`;
}

/** Further steps, and what is left out. */
function nextSteps(resources: readonly RecordedResource[], files: Files): string[] {
    const hasRemoval = resources.some(({ type }) => type.startsWith("pulumi-nodejs:dynamic"));
    return [
        ...(files.has("seal.sh") ? ["Run its seal.sh: it seals the values that are not sealed yet."] : []),
        ...(files.has("SECRETS.md") ? ["Its SECRETS.md lists the Secrets that must exist."] : []),
        ...(hasRemoval
            ? ["Not rendered: the removal of the Secrets that Keep has created, which only pulumi destroy runs."]
            : []),
    ];
}

/** The parsed command line. */
export interface Arguments {
    readonly stack: string;
    readonly out: string;
    readonly secrets: SecretsAs;
    readonly path: string;
    readonly overrides: readonly string[];
}

/**
 * Parses the arguments of `npm run render`.
 * @throws UserError for an unknown option or an invalid value
 */
export function readArgs(args: readonly string[]): Arguments {
    const { values, positionals } = parseArguments(args, OPTIONS, HELP);
    const stack = onlyStack(positionals, "npm run render -- prod --out manifests");
    if (values.out === undefined || values.out === "") {
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
            throw new UserError("--store needs --secrets external. Add it, or remove --store");
        }
        if (secrets !== "list" && secrets !== "sealed") {
            throw new UserError(`--secrets ${secrets} is not supported. Set it to list, external or sealed`);
        }
        return { kind: secrets };
    }
    if (store === undefined) {
        throw new UserError(
            "--secrets external needs --store. Write it like --store vault or --store SecretStore/vault",
        );
    }
    const [, kind = "ClusterSecretStore", name = ""] =
        /^(?:(ClusterSecretStore|SecretStore)\/)?([a-z0-9]([-a-z0-9.]*[a-z0-9])?)$/.exec(store) ?? [];
    if (name === "") {
        throw new UserError(
            `--store ${store} is not the name of a store. Write it like --store vault or --store SecretStore/vault`,
        );
    }
    return { kind: "external", store: { kind, name } };
}
