import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { componentsWith } from "../component";

/** One secret key of a stack file. */
interface SecretKey {
    /** What it is for, for the documentation. */
    readonly description: string;
    /** A valid value: used where the real one cannot be read, in documentation and in the in-process preview. */
    readonly example: string;
    /** What is wrong with a value and what to do; undefined for a valid one. Never repeats the value. */
    readonly message: (value: string) => string | undefined;
}

type Check = SecretKey["message"];

/** A secret of one line. An empty one, or one pasted with its line end, fails only when a pod or a server reads it. */
function line(description: string, message: Check = () => undefined, example = "masked"): SecretKey {
    return {
        description,
        example,
        message: (value) =>
            value === ""
                ? "is empty. Give it a value, or remove it"
                : /[\p{Cc}\p{Cs}]/u.test(value)
                  ? "contains a line end, another control character or half of a Unicode character. Set it again without"
                  : message(value),
    };
}

/** A secret in JSON, which may have several lines. */
function json(description: string, message: Check, example: string): SecretKey {
    return { description, example, message };
}

const SQLALCHEMY_URL = /^(postgresql(\+psycopg2|\+psycopg)?|mysql\+(pymysql|mysqlconnector)|mssql\+\w+):\/\/\S+$/;

function urlMessage(value: string): string | undefined {
    if (value.startsWith("mariadb")) {
        return "points at MariaDB, where Keep's migrations fail. Use MySQL 8.0 or later, or PostgreSQL";
    }
    return SQLALCHEMY_URL.test(value)
        ? undefined
        : "is not an SQLAlchemy URL that Keep's image has a driver for. Begin it with postgresql+psycopg2:// or mysql+pymysql://";
}

/** Keep splits the list at its commas and each entry at its colons, and fails with more than two (keep/api/core/db_on_start.py). */
function apiKeysMessage(value: string): string | undefined {
    return value.split(",").every((entry) => /^[a-z0-9-]+:(admin|noc|webhook|workflowrunner):[^\s:]+$/.test(entry))
        ? undefined
        : "is not a list of name:role:secret, separated by commas. Use lower-case names, the roles admin, noc, webhook or workflowrunner, and secrets without colons";
}

const providers = z.record(z.string(), z.looseObject({ type: z.string() }));

function providersMessage(value: string): string | undefined {
    return providers.safeParse(parsed(value)).success
        ? undefined
        : 'is not a JSON object of providers. Write {"name": {"type": "…", "authentication": {…}}}';
}

/** Value of a JSON text; undefined for any other text. */
function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** Tiers that take an environment from the stack file. */
export const envTiers = componentsWith("env");

/** One of the tiers that take an environment from the stack file. */
export type EnvTier = (typeof envTiers)[number];

/** Secret environment by tier and name, as `keep:secretEnv` holds it in JSON. A program may give Outputs as values. */
export type SecretEnv = Partial<Record<EnvTier, Record<string, pulumi.Input<string>>>>;

const secretEnv = z.partialRecord(
    z.enum(envTiers),
    z.record(
        z.string(),
        z.custom<pulumi.Input<string>>(
            (value) =>
                (typeof value === "string" && !/[\0\p{Cs}]/u.test(value)) ||
                pulumi.Output.isInstance(value) ||
                value instanceof Promise,
        ),
    ),
);

/** Whether a value has the form of `keep:secretEnv`: plain names, with values that may be known only later. */
export function isSecretEnv(value: unknown): value is SecretEnv {
    return !pulumi.Output.isInstance(value) && secretEnv.safeParse(value).success;
}

/** Reads `keep:secretEnv`; undefined when it is not of its form. */
export function parseSecretEnv(text: string): SecretEnv | undefined {
    const value = parsed(text);
    return isSecretEnv(value) ? value : undefined;
}

function secretEnvMessage(value: string): string | undefined {
    return parseSecretEnv(value) === undefined
        ? `is not a JSON object of tiers. Write {"backend": {"NAME": "value"}}, with any of the tiers ${envTiers.join(", ")}`
        : undefined;
}

/** Soketi parses its environment as JSON, and would turn a number or a list into something else. */
function letterFirst(value: string): string | undefined {
    return /^[A-Za-z]\S+$/.test(value)
        ? undefined
        : "does not begin with a letter, or contains whitespace. Soketi would misread it: use a secret that begins with a letter";
}

function noWhitespace(value: string): string | undefined {
    return /^\S+$/.test(value) ? undefined : "contains whitespace. Set it again without";
}

const keys = {
    databaseUrl: line(
        "SQLAlchemy URL of an external database.",
        urlMessage,
        "postgresql+psycopg2://keep:masked@database.invalid:5432/keep",
    ),
    databasePassword: line("Password of the database user; generated for a database in the cluster."),
    redisPassword: line("Password of an external Redis."),
    elasticsearchPassword: line("Password of keep:elasticsearch.user.", noWhitespace),
    elasticsearchApiKey: line(
        "API key of Elasticsearch, in the encoded form that Elasticsearch returns.",
        noWhitespace,
    ),
    pusherSecret: line("Application secret of an external Pusher-compatible server.", letterFirst),
    authClientSecret: line("Client secret that the identity provider gave to Keep.", noWhitespace),
    keycloakAdminPassword: line("Password of the administrator of Keycloak's realm."),
    oktaApiToken: line("Token for Okta's management API.", noWhitespace),
    firstUserPassword: line("Password of the first user, read when Keep creates its database; generated by default."),
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
    openaiApiKey: line("API key for OpenAI or a compatible service: turns Keep's AI features on."),
    secretEnv: json(
        'Additional environment variables with secret values, as JSON: {"backend": {"NAME": "value"}, "frontend": {…}}.',
        secretEnvMessage,
        "{}",
    ),
} satisfies Record<string, SecretKey>;

/** Name of a secret key, without the `keep:`. */
export type SecretKeyName = keyof typeof keys;

/** Secret keys whose value is one text; `secretEnv` has a shape, which must be known. */
export type SecretTextName = Exclude<SecretKeyName, "secretEnv">;

/** The secret values of a Keep, each marked secret; absent where none was given. */
export type ConfiguredSecrets = Partial<Record<SecretTextName, pulumi.Output<string>>>;

/** The secret keys of a stack file. Each is a top-level key, because Pulumi outputs objects in plain text. */
export const secretKeys: Readonly<Record<SecretKeyName, SecretKey>> = keys;
