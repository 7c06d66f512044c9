import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import type { ElasticsearchConfig } from "./settings";
import type { ConfiguredSecrets } from "../settings/resolve";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { scopeOf, secretName } from "../naming";
import { fingerprint } from "../secrets/fingerprint";

/** What the way to Elasticsearch is made from. */
export interface ElasticsearchArgs extends Context<ElasticsearchConfig> {
    readonly secrets: ConfiguredSecrets;
}

/** An Elasticsearch that somebody else runs: its address, and a Secret where the stack file has the password or the API key. */
export class Elasticsearch extends pulumi.ComponentResource {
    /** How Keep's processes find it (keep/api/core/elastic.py). */
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
            // Releases that share an Elasticsearch must not find each other's alerts.
            ELASTIC_INDEX_SUFFIX: config.indexSuffix ?? `${release.namespace}-${release.name}`,
            ELASTIC_USER: config.user,
            ELASTIC_PASSWORD: reference("password", config.passwordSecret),
            ELASTIC_API_KEY: reference("api-key", config.apiKeySecret),
            ELASTIC_VERIFY_CERTS: String(config.verifyCerts),
        };
        this.fingerprint = fingerprint(args.fingerprintKey, values);
        this.registerOutputs({});
    }
}
