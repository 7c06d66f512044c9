import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { unusableTextFault } from "../fields/unusable";
import { lengthFault } from "../fields/variable";
import { urlFault } from "../database/givenUrl";
import { deduplicationFault, providerFault } from "../provision/providerRules";
import { parse } from "../provision/yaml";
import { componentsWith } from "../component";

/** A secret key of a stack file. */
interface SecretKey {
    /** Description for the documentation. */
    readonly description: string;
    /** A valid value, for the documentation and for previews that cannot read the real one. */
    readonly example: string;
    /** The message for an invalid value, which must not contain the value; undefined if it is valid. */
    readonly message: (value: string) => string | undefined;
}

type Check = SecretKey["message"];

/** A secret of one line. Empty values and line breaks would only fail later, in a pod or server. */
function line(description: string, message: Check = () => undefined, example = "masked"): SecretKey {
    return {
        description,
        example,
        message: (value) =>
            value === ""
                ? "is empty. Set it to a value, or remove it"
                : /[\p{Cc}\p{Cs}]/u.test(value)
                  ? "contains a line break, another control character or half of a Unicode character. Set it again without it"
                  : (lengthFault("", value) ?? message(value)),
    };
}

/** A secret in JSON, which can have several lines. */
function json(description: string, message: Check, example: string): SecretKey {
    return { description, example, message };
}

/**
 * Keep splits the list at commas, strips each entry and splits it at colons, and fails with more than two colons
 * (keep/api/core/db_on_start.py).
 */
function apiKeysMessage(value: string): string | undefined {
    const entries = value.split(",").map((entry) => entry.trim());
    if (!entries.every((entry) => /^[a-z0-9-]+:(admin|noc|webhook|workflowrunner):[^\s:]+$/.test(entry))) {
        return "is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons";
    }
    // The name and the hash of the secret identify a key in Keep's database (keep/api/models/db/tenant.py).
    const [names, secrets] = [0, 2].map((part) => new Set(entries.map((entry) => entry.split(":")[part])));
    return names?.size !== entries.length
        ? "contains one name twice. Give each key a name of its own"
        : secrets?.size !== entries.length
          ? "contains one secret twice, which Keep's database does not store. Give each key a secret of its own"
          : undefined;
}

/** Keep takes `authentication` as arguments (keep/providers/providers_factory.py); its own setup step checks the types. */
const providers = z.record(
    z.string(),
    z.looseObject({ type: z.string().regex(/\S/), authentication: z.record(z.string(), z.unknown()).optional() }),
);

/** Maximum size of the values of a Secret, in bytes (MaxSecretSize in pkg/apis/core/types.go of Kubernetes). */
const MOST_BYTES = 1024 * 1024;

/** The message for values that do not fit in a Secret; undefined if they do. */
export function secretSizeFault(values: readonly string[]): string | undefined {
    const size = values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
    return size > MOST_BYTES
        ? `has ${size} bytes of values, and a Secret in Kubernetes has at most ${MOST_BYTES}. Shorten it`
        : undefined;
}

function providersMessage(value: string): string | undefined {
    const found = parsed(value);
    const form = 'Write {"name": {"type": "…", "authentication": {…}}}';
    const { data } = providers.safeParse(found);
    return data !== undefined
        ? hasTwice(value)
            ? "contains one name twice in an object, of which only the last is read. Give each provider a name of its own"
            : // Python takes any text for true, unless it is empty.
              Object.values(data).some(({ install_webhook: isInstalled }) => typeof isInstalled === "string")
              ? "has an install_webhook in quotes, which Keep takes for true. Write true or false"
              : (secretSizeFault([value]) ?? providerFault(data) ?? deduplicationFault(data))
        : z.record(z.string(), z.looseObject({})).safeParse(found).success
          ? `has a provider without a type, or with an authentication that is not an object. ${form}`
          : `is not a JSON object of providers. ${form}`;
}

/** Whether an object in JSON has a key twice. */
function hasTwice(json: string): boolean {
    const { errors } = parse(json, { extension: "json", rejectsAmbiguous: false });
    return errors.some(({ message }) => message.includes("Map keys must be unique"));
}

/** Parses JSON; undefined if it is not valid. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** Tiers with a setting `env`. */
export const envTiers = componentsWith("env");

/** A tier with a setting `env`. */
export type EnvTier = (typeof envTiers)[number];

/** Value of `keep:secretEnv`, by tier and name. Programs may pass Outputs as values. */
export type SecretEnv = Partial<Record<EnvTier, Record<string, pulumi.Input<string>>>>;

const secretEnv = z.partialRecord(
    z.enum(envTiers),
    z.record(
        z.string(),
        z.custom<pulumi.Input<string>>(
            (value) =>
                (typeof value === "string" && unusableTextFault(value) === undefined) ||
                pulumi.Output.isInstance(value) ||
                value instanceof Promise,
        ),
    ),
);

/** Whether a value has the format of `keep:secretEnv`: plain names, with values that may be Outputs. */
export function isSecretEnv(value: unknown): value is SecretEnv {
    return !pulumi.Output.isInstance(value) && secretEnv.safeParse(value).success;
}

/** The message for values of `keep:secretEnv` that are no text, by their names; undefined if there are none. */
export function secretEnvValueFault(value: unknown): string | undefined {
    const paths = secretEnv.safeParse(value).error?.issues.map(({ path }) => path.join(".")) ?? [];
    return paths.length > 0 && paths.every((path) => path.includes("."))
        ? `has values that are not text, or contain a NUL character: ${paths.join(", ")}. Write each as text, and numbers in quotes`
        : undefined;
}

/** Parses `keep:secretEnv`; undefined if it has another format. */
export function parseSecretEnv(text: string): SecretEnv | undefined {
    const value = parsed(text);
    return isSecretEnv(value) ? value : undefined;
}

function secretEnvMessage(value: string): string | undefined {
    if (parseSecretEnv(value) === undefined) {
        return (
            secretEnvValueFault(parsed(value)) ??
            `is not a JSON object of tiers. Write {"backend": {"NAME": "value"}}, with any of the tiers ${envTiers.join(", ")}`
        );
    }
    return hasTwice(value)
        ? "contains one name twice in an object, of which only the last is read. Write each tier and each variable once"
        : undefined;
}

/** Headers of HTTP take visible ASCII characters only. Quotes around a key come from a shell or a file. */
function headerFault(value: string): string | undefined {
    return !/^[!-~]+$/.test(value)
        ? "contains whitespace or characters outside ASCII. Set it again without them"
        : /^(["']).*\1$/.test(value)
          ? "has quotes around it, which would be sent as well. Set it again without them"
          : undefined;
}

function noWhitespace(value: string): string | undefined {
    return /^\S+$/.test(value) ? undefined : "contains whitespace. Set it again without whitespace";
}

const keys = {
    databaseUrl: line(
        "SQLAlchemy URL of an external database.",
        urlFault,
        "postgresql+psycopg2://keep:masked@database.invalid:5432/keep",
    ),
    databasePassword: line("Password of the database user; generated for a database in the cluster."),
    redisPassword: line("Password of an external Redis."),
    elasticsearchPassword: line("Password of keep:elasticsearch.user.", noWhitespace),
    elasticsearchApiKey: line(
        "API key of Elasticsearch, in the encoded form that Elasticsearch returns.",
        // The client sends text as it is (elasticsearch/_sync/client/utils.py, resolve_auth_headers). A key without its id has 22 characters
        // (UUIDs.randomBase64UUIDSecureString in ApiKeyService.java of Elasticsearch).
        (value) =>
            /:|^[\w-]{22}$/.test(value)
                ? "is id:key or the key alone, and Elasticsearch takes only the encoded form. Set it to the field encoded of the answer, or encode id:key in base64"
                : headerFault(value),
    ),
    pusherSecret: line("Application secret of an external Pusher-compatible server.", noWhitespace),
    authClientSecret: line("Client secret that the identity provider gave to Keep.", noWhitespace),
    keycloakAdminPassword: line("Password of the administrator of Keycloak's realm."),
    oktaApiToken: line("Token for Okta's management API.", headerFault),
    firstUserPassword: line(
        "Password of the first user, read when the setup Job creates the user; generated by default.",
        // Keep's default (keep/api/core/db_on_start.py). The setup Job replaces it (first_user.py).
        (value) =>
            value === "keep"
                ? "is the password that Keep's documentation publishes. Remove it to generate one, or set another"
                : undefined,
    ),
    apiKeys: line(
        "First API keys, as name:role:secret,…; the setup Job creates them once.",
        apiKeysMessage,
        "webhook:webhook:masked",
    ),
    providers: json(
        "Providers as code: JSON object of name to {type, authentication, …}.",
        providersMessage,
        '{"masked":{"type":"mock","authentication":{}}}',
    ),
    openaiApiKey: line("API key for OpenAI or a compatible service: turns Keep's AI features on.", headerFault),
    secretEnv: json(
        'Additional environment variables with secret values, as JSON: {"backend": {"NAME": "value"}, "frontend": {…}}.',
        secretEnvMessage,
        "{}",
    ),
} satisfies Record<string, SecretKey>;

/** Name of a secret key, without `keep:`. */
export type SecretKeyName = keyof typeof keys;

/** Secret keys whose value is text: all but `secretEnv`. */
export type SecretTextName = Exclude<SecretKeyName, "secretEnv">;

/** Secrets by key, marked as secret. Keys that are not set are absent. */
export type ConfiguredSecrets = Partial<Record<SecretTextName, pulumi.Output<string>>>;

/** The secret keys of a stack file. Each is a top-level key, because Pulumi outputs objects in plain text. */
export const secretKeys: Readonly<Record<SecretKeyName, SecretKey>> = keys;
