import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { componentsWith } from "../component";

/** One secret key of a stack file. */
interface SecretKey {
    /** What it is for, for the documentation. */
    readonly description: string;
    /** A value of the right form, standing in where the real one cannot be read: in documentation and in the in-process preview. */
    readonly example: string;
    /** Says what is wrong with a value, and the way out; undefined when it is fine. Never repeats the value. */
    readonly message?: (value: string) => string | undefined;
}

const SQLALCHEMY_URL = /^(postgresql(\+psycopg2|\+psycopg)?|mysql\+(pymysql|mysqlconnector)|mssql\+\w+):\/\/\S+$/;

function urlFault(value: string): string | undefined {
    if (value.startsWith("mariadb")) {
        return "points at MariaDB, where Keep's migrations fail. Use MySQL 8.0 or later, or PostgreSQL";
    }
    return SQLALCHEMY_URL.test(value)
        ? undefined
        : "is not an SQLAlchemy URL that Keep's image has a driver for. Begin it with postgresql+psycopg2:// or mysql+pymysql://";
}

function apiKeysFault(value: string): string | undefined {
    return value.split(",").every((entry) => /^[a-z0-9-]+:(admin|noc|webhook|workflowrunner):\S+$/.test(entry))
        ? undefined
        : "is not a list of name:role:secret, separated by commas. Use lower-case names and the roles admin, noc, webhook or workflowrunner";
}

function providersFault(value: string): string | undefined {
    const message = 'is not a JSON object of providers. Write {"name": {"type": "…", "authentication": {…}}}';
    try {
        const providers: unknown = JSON.parse(value);
        const isObject = (candidate: unknown) =>
            typeof candidate === "object" && candidate !== null && !Array.isArray(candidate);
        const wellFormed =
            isObject(providers) &&
            Object.values(providers as object).every(
                (provider: unknown) => isObject(provider) && typeof (provider as { type?: unknown }).type === "string",
            );
        return wellFormed ? undefined : message;
    } catch {
        return message;
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
            (value) => typeof value === "string" || pulumi.Output.isInstance(value) || value instanceof Promise,
        ),
    ),
);

/** Whether a value has the form of `keep:secretEnv`: plain names, with values that may be known only later. */
export function isSecretEnv(value: unknown): value is SecretEnv {
    return !pulumi.Output.isInstance(value) && secretEnv.safeParse(value).success;
}

/** Reads `keep:secretEnv`; undefined when it is not of its form. */
export function parseSecretEnv(text: string): SecretEnv | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return isSecretEnv(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** Text that Soketi and pusher clients take as it is: Soketi parses its environment as JSON, so a number would not stay text. */
function letterFirst(value: string): string | undefined {
    return /^[A-Za-z]\S+$/.test(value)
        ? undefined
        : "does not begin with a letter, or has blanks. Soketi would misread it: begin it with a letter";
}

/** A value pasted with a line end or blanks around it would be refused by whoever it is shown to. */
function singleLine(value: string): string | undefined {
    return /^\S+$/.test(value) ? undefined : "is empty, or has blanks or line ends. Set it again without them";
}

/** The secret keys of a stack file. Each stands alone at the top level, because Pulumi hands objects out in plain text. */
export const secretKeys: Readonly<Record<SecretKeyName, SecretKey>> = {
    databaseUrl: {
        description: "SQLAlchemy URL of an external database.",
        example: "postgresql+psycopg2://keep:masked@database.invalid:5432/keep",
        message: urlFault,
    },
    databasePassword: {
        description: "Password of the database user; generated for a database in the cluster.",
        example: "masked",
    },
    redisPassword: { description: "Password of an external Redis.", example: "masked" },
    elasticsearchPassword: {
        description: "Password of keep:elasticsearch.user.",
        example: "masked",
        message: singleLine,
    },
    elasticsearchApiKey: {
        description: "API key of Elasticsearch, as it hands it out encoded.",
        example: "masked",
        message: singleLine,
    },
    pusherSecret: {
        description: "Application secret of an external Pusher-compatible server.",
        example: "masked",
        message: letterFirst,
    },
    authClientSecret: {
        description: "Secret that the identity provider gave to Keep, its client.",
        example: "masked",
        message: singleLine,
    },
    keycloakAdminPassword: {
        description: "Password of the administrator of Keycloak's realm.",
        example: "masked",
    },
    oktaApiToken: { description: "Token for Okta's management API.", example: "masked", message: singleLine },
    firstUserPassword: {
        description: "Password of the first user, used when the database is made; generated when absent.",
        example: "masked",
    },
    apiKeys: {
        description: "First API keys, as name:role:secret,…; made once, by the setup step.",
        example: "webhook:webhook:masked",
        message: apiKeysFault,
    },
    providers: {
        description: "Providers as code: JSON object of name to {type, authentication, …}.",
        example: '{"masked":{"type":"mock","authentication":{}}}',
        message: providersFault,
    },
    openaiApiKey: {
        description: "Key of OpenAI, or of what speaks like it: turns Keep's AI features on.",
        example: "masked",
    },
    secretEnv: {
        description: 'More environment with secret values, as JSON: {"backend": {"NAME": "value"}, "frontend": {…}}.',
        example: "{}",
        message: (value) =>
            parseSecretEnv(value) === undefined
                ? `is not a JSON object of tiers. Write {"backend": {"NAME": "value"}}, with any of the tiers ${envTiers.join(", ")}`
                : undefined,
    },
};

/** Name of a secret key, without the `keep:`. */
export type SecretKeyName =
    | "databaseUrl"
    | "databasePassword"
    | "redisPassword"
    | "elasticsearchPassword"
    | "elasticsearchApiKey"
    | "pusherSecret"
    | "authClientSecret"
    | "keycloakAdminPassword"
    | "oktaApiToken"
    | "firstUserPassword"
    | "apiKeys"
    | "openaiApiKey"
    | "providers"
    | "secretEnv";
