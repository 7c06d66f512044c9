import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import type { Env, SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf, secretName } from "../naming";
import { type AppSecrets, appSecrets, type AppSecretsConfig } from "./appSecrets";
import { fingerprint } from "./fingerprint";
import { generatedPassword } from "./generated";
import { createMetricsLogin, type MetricsLogin, type MetricsSettings } from "./metricsLogin";
import { secretEnvValues } from "./secretEnv";
import type { SecretEnv } from "./settings";

/** Arguments of Secrets. */
export interface SecretsArgs {
    readonly release: Release;
    readonly config: AppSecretsConfig & { readonly monitoring: MetricsSettings; readonly secretEnv: SecretEnv };
}

/** First user of a new installation. */
export interface FirstUser {
    readonly username: string;
    /**
     * Password with which Keep created the user. Keep never applies a later value. Absent if an existing Secret
     * contains it.
     */
    readonly password?: string;
    /** Kubernetes Secret with the password, as namespace/name, and the key in it. */
    readonly secret: string;
    readonly key: string;
}

/** Credentials of the websocket server's clients. */
export interface PusherApp {
    /** Only digits, which the backend's client requires. */
    readonly id: pulumi.Input<string>;
    readonly key: pulumi.Input<string>;
    readonly secret: SecretKeyRef | undefined;
}

/**
 * The secrets that Keep's components share. They are generated, because Keep's defaults are public: "jwtsecret",
 * "keep", "keepappsecret" (keep/identitymanager, docker-compose.common.yml).
 */
export class Secrets extends pulumi.ComponentResource {
    /** References to the secrets. Secrets that are not needed are absent. */
    public readonly refs: AppSecrets["refs"];
    /** API keys for the setup Job. */
    public readonly apiKeysEnv: Env;
    /** Undefined without live updates. */
    public readonly pusher: PusherApp | undefined;
    /** Credentials of Prometheus; undefined without monitoring. */
    public readonly metricsLogin: MetricsLogin | undefined;
    /** The first user (secret); undefined if Keep creates none. */
    public readonly firstUser: pulumi.Output<FirstUser> | undefined;
    /** Hash of the values for running pods. */
    public readonly runtimeFingerprint: pulumi.Output<string>;
    /** Hash of the values for the setup Job. */
    public readonly setupFingerprint: pulumi.Output<string>;
    /** Key of the hashes. */
    public readonly fingerprintKey: pulumi.Output<string>;

    constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Secrets", name, {}, opts);
        const { release, config } = args;
        const child = { parent: this };
        const generate = (secret: string) => generatedPassword(`${name}-${secret}`, child);

        this.metricsLogin = createMetricsLogin(name, release, config, child);
        const { contents, refs, values, apiKeysEnv } = appSecrets(release, config, generate, this.metricsLogin?.apiKey);
        const { app, auth, setup } = contents;
        const env = secretEnvValues(config.secretEnv);
        const { labels } = scopeOf(release, "secrets");
        for (const [part, stringData] of Object.entries({ app, env, auth, setup })) {
            if (Object.keys(stringData).length > 0) {
                const metadata = { name: secretName(release, part), namespace: release.namespace, labels };
                new k8s.core.v1.Secret(`${name}-${part}`, { metadata, stringData, type: "Opaque" }, child);
            }
        }

        this.refs = refs;
        this.apiKeysEnv = apiKeysEnv;
        this.pusher = pusherApp(name, config, refs.pusherSecret, child);
        this.fingerprintKey = values.jwtSecret ?? generate("fingerprint");
        this.runtimeFingerprint = fingerprint(this.fingerprintKey, { ...app, ...env, ...auth });
        this.setupFingerprint = fingerprint(this.fingerprintKey, setup);
        this.firstUser = firstUser(release, config, values.firstUserPassword, refs.firstUserPassword);
        this.registerOutputs({});
    }
}

function pusherApp(
    name: string,
    { websocket }: AppSecretsConfig,
    secret: SecretKeyRef | undefined,
    opts: pulumi.CustomResourceOptions,
): PusherApp | undefined {
    switch (websocket.kind) {
        case "none":
            return undefined;
        case "external":
            return { id: websocket.appId, key: websocket.appKey, secret };
        case "soketi": {
            const id = new random.RandomInteger(`${name}-pusher-id`, { min: 100_000, max: 999_999 }, opts);
            const key = new random.RandomString(`${name}-pusher-key`, { length: 19, special: false }, opts);
            return { id: pulumi.interpolate`${id.result}`, key: pulumi.interpolate`k${key.result}`, secret };
        }
    }
}

function firstUser(
    { namespace }: Release,
    { auth }: AppSecretsConfig,
    password: pulumi.Output<string> | undefined,
    ref: SecretKeyRef | undefined,
): pulumi.Output<FirstUser> | undefined {
    if (auth.kind !== "db" || ref === undefined) {
        return undefined;
    }
    const { username } = auth;
    const { name, key } = ref.secret;
    const known = { username, secret: `${namespace}/${name}`, key };
    return password === undefined
        ? pulumi.secret(known)
        : pulumi.secret(password).apply((text) => ({ ...known, password: text }));
}
