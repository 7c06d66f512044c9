import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { type AuthConfig, tenantSetting } from "./auth/settings";
import type { Context } from "./context";
import { input } from "./fields/input";
import { issue } from "./fields/issue";
import type { Rule } from "./fields/rule";
import { type Destinations, type Egress, hostOf, peersFor, portOf, PROCESSES } from "./fields/traffic";
import { isHttpAddress } from "./fields/url";
import { keyReference } from "./fields/vocabulary";
import type { Env, SecretKeyRef } from "./kubernetes/env";
import { type Release, scopeOf, secretName } from "./naming";
import { fingerprint } from "./secrets/fingerprint";
import type { ConfiguredSecrets } from "./secrets/settings";

const NOT_ELASTICSEARCH =
    "is a service of OpenSearch, whose answers Keep's client does not accept. Use Elasticsearch 8, or remove keep:elasticsearch";

/**
 * Hosts and ports of others than Elasticsearch, by their reason. Its client rejects a server that does not name itself
 * (UnsupportedProductError in elasticsearch/_sync/client/_base.py).
 */
const NOT_A_NODE: readonly (readonly [place: RegExp, reason: string])[] = [
    [/\.(es|aoss)\.amazonaws\.com(\.cn)?:|\.aos\.[a-z0-9-]+\.on\.aws:/, NOT_ELASTICSEARCH],
    [/\.(aivencloud\.com|db\.ondigitalocean\.com):/, NOT_ELASTICSEARCH],
    [
        /\.(kb|apm|fleet)(\..*)?\.(found\.io|elastic-cloud\.com|elastic\.cloud|cloud\.es\.io):/,
        "is another product of Elastic Cloud. Use the endpoint of Elasticsearch, which contains .es. instead",
    ],
    [/:5601$/, "is the port of Kibana. Write that of Elasticsearch, such as 9200"],
    [/:9300$/, "is the port for nodes among themselves. Write the port for HTTP, such as 9200"],
];

function placeFault(url: string): string | undefined {
    const { hostname, port } = new URL(url);
    return NOT_A_NODE.find(([place]) => place.test(`${hostname}:${port}`))?.[1];
}

const NODE = /^https?:\/\/[^/?#@\s,]+:[0-9]+(\/[^?#@\s,]*)?$/;

/** An external Elasticsearch, in which Keep searches alerts instead of in its database. */
export const elasticsearch = z.strictObject({
    hosts: z
        .array(
            input(
                z
                    .string()
                    .refine((url) => NODE.test(url) && isHttpAddress(url), {
                        error: "is not the address of a node. Write scheme, host and port, such as https://elastic.example.com:9200; user and password have their own keys",
                    })
                    .refine((url) => !/\/_[^/]*(\/|$)/.test(url), {
                        error: "contains the path of an API, which Keep adds itself. Remove it; write it like https://elastic.example.com:9200",
                    })
                    .refine((url) => !isHttpAddress(url) || placeFault(url) === undefined, {
                        error: ({ input }) => placeFault(String(input)),
                    }),
            ),
        )
        .min(1, { error: "is empty. Add a node" })
        .describe("nodes, each with scheme and port, such as https://elastic.example.com:9200"),
    indexSuffix: z
        .string()
        .regex(/^[a-z0-9][-a-z0-9_.]*$/, {
            error: "is not the end of an index's name. Use lower-case letters, digits, dashes, dots and underscores",
        })
        .max(200, { error: "is longer than 200 characters. Shorten it" })
        .optional()
        .describe(
            "suffix of the index keep-alerts-<suffix>, which contains the alerts; default: <namespace>-<release>",
        ),
    user: z
        .string()
        .regex(/\S/, { error: "is empty. Set it to a user, or remove it" })
        .optional()
        .describe("user that Keep signs in as, unless you set an API key; without either, Keep does not authenticate"),
    passwordSecret: keyReference
        .optional()
        .describe("key of an existing Secret that holds the user's password; else set keep:elasticsearchPassword"),
    apiKeySecret: keyReference
        .optional()
        .describe("key of an existing Secret that holds an API key, encoded; else set keep:elasticsearchApiKey"),
    verifyCerts: z
        .boolean()
        .default(true)
        .describe("reject a certificate of an unknown authority; set a private authority as keep:extraCa"),
});

/** An external Elasticsearch, validated and with defaults. */
export type ElasticsearchConfig = z.infer<typeof elasticsearch>;

/** Suffix of the release's index. Releases that share an Elasticsearch must not share an index. */
export function indexSuffixOf({ indexSuffix }: ElasticsearchConfig, { name, namespace }: Release): string {
    return indexSuffix ?? `${namespace}-${name}`;
}

/** Conditions on Elasticsearch: Keep uses it with this sign-in, and its credentials are complete. */
export const elasticsearchRules: readonly Rule<
    { readonly auth: AuthConfig; readonly elasticsearch?: ElasticsearchConfig | undefined },
    "elasticsearchApiKey" | "elasticsearchPassword"
>[] = [
    // For another tenant than "keep", it needs search_mode in the tenant's configuration in the database, which nothing in
    // Keep writes; a tenant without a row gets an error (keep/api/core/elastic.py, keep/api/core/tenant_configuration.py).
    ({ auth, elasticsearch }) => {
        const setting = tenantSetting(auth);
        return [
            elasticsearch !== undefined &&
                setting !== undefined &&
                issue(
                    "elasticsearch",
                    `is set, but ${setting} gives users tenants of their own, and Keep uses Elasticsearch for the tenant keep alone. Remove it, or change keep:auth`,
                ),
        ];
    },
    ({ elasticsearch }, has) => {
        const keys = (["elasticsearchPassword", "elasticsearchApiKey"] as const).filter(has);
        if (elasticsearch === undefined) {
            return keys.map((key) =>
                issue(key, "is set, but keep:elasticsearch is not. Remove it, or set keep:elasticsearch.hosts"),
            );
        }
        const { user, passwordSecret, apiKeySecret } = elasticsearch;
        const hasPassword = has("elasticsearchPassword") || passwordSecret !== undefined;
        const hasApiKey = has("elasticsearchApiKey") || apiKeySecret !== undefined;
        return [
            user !== undefined &&
                !hasPassword &&
                issue(
                    "elasticsearch.user",
                    "has no password. Set keep:elasticsearchPassword, or keep:elasticsearch.passwordSecret",
                    { value: user, secretKey: "elasticsearchPassword" },
                ),
            user === undefined &&
                hasPassword &&
                issue("elasticsearch.user", "is missing, but a password is set. Set the user, or remove the password"),
            hasPassword &&
                hasApiKey &&
                issue(
                    "elasticsearch",
                    "has both a password and an API key, and Keep would use only the password. Keep one of them",
                ),
            has("elasticsearchPassword") &&
                passwordSecret !== undefined &&
                issue("elasticsearch.passwordSecret", "is set, and so is keep:elasticsearchPassword. Keep one of them"),
            has("elasticsearchApiKey") &&
                apiKeySecret !== undefined &&
                issue("elasticsearch.apiKeySecret", "is set, and so is keep:elasticsearchApiKey. Keep one of them"),
        ];
    },
];

/** Connections to Elasticsearch. */
export function elasticsearchEgress({
    elasticsearch,
    networkPolicy,
}: {
    readonly elasticsearch?: ElasticsearchConfig | undefined;
    readonly networkPolicy: { readonly destinations: Destinations };
}): Egress[] {
    if (elasticsearch === undefined) {
        return [];
    }
    const { hosts } = elasticsearch;
    const to = peersFor(networkPolicy.destinations.elasticsearch, hosts.map(portOf), ...hosts.map(hostOf));
    return [{ from: PROCESSES, to }];
}

/** Arguments of Elasticsearch. */
export interface ElasticsearchArgs extends Context<ElasticsearchConfig> {
    readonly secrets: ConfiguredSecrets;
}

/** An external Elasticsearch: its environment, and a Secret if the stack file contains the password or the API key. */
export class Elasticsearch extends pulumi.ComponentResource {
    /** Environment of Keep's processes (keep/api/core/elastic.py). */
    public readonly env: Env;
    /** Changes when credentials change. */
    public readonly fingerprint: pulumi.Output<string>;

    constructor(name: string, args: ElasticsearchArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Elasticsearch", name, {}, opts);
        const { release, config, secrets } = args;
        const { elasticsearchPassword: password, elasticsearchApiKey: apiKey } = secrets;
        const values = {
            ...(password === undefined ? {} : { password }),
            ...(apiKey === undefined ? {} : { "api-key": apiKey }),
        };
        const { namespace, labels } = scopeOf(release, "elasticsearch");
        const metadata = { name: secretName(release, "elasticsearch"), namespace, labels };
        if (Object.keys(values).length > 0) {
            new k8s.core.v1.Secret(name, { metadata, stringData: values, type: "Opaque" }, { parent: this });
        }

        const reference = (
            key: "password" | "api-key",
            existing: SecretKeyRef["secret"] | undefined,
        ): SecretKeyRef | undefined =>
            key in values
                ? { secret: { name: metadata.name, key } }
                : existing === undefined
                  ? undefined
                  : { secret: existing };
        this.env = {
            ELASTIC_ENABLED: "true",
            ELASTIC_HOSTS: config.hosts.join(","),
            ELASTIC_INDEX_SUFFIX: indexSuffixOf(config, release),
            ELASTIC_USER: config.user,
            ELASTIC_PASSWORD: reference("password", config.passwordSecret),
            ELASTIC_API_KEY: reference("api-key", config.apiKeySecret),
            ELASTIC_VERIFY_CERTS: String(config.verifyCerts),
        };
        this.fingerprint = fingerprint(args.fingerprintKey, values);
        this.registerOutputs({});
    }
}
