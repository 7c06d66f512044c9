import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { clientSecrets } from "../auth/clientSecrets";
import type { AuthSecrets } from "../auth/env";
import type { KeepConfig } from "../settings/resolve";
import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf, secretName } from "../naming";
import { fingerprint } from "./fingerprint";
import { generatedPassword } from "./generated";
import { createMetricsLogin, type MetricsLogin } from "./metricsLogin";
import { secretEnvValues } from "./secretEnv";

/** What the secrets of a release are made from. */
export interface SecretsArgs {
    readonly release: Release;
    readonly config: KeepConfig;
}

/** First user of a new Keep. */
export interface FirstUser {
    readonly username: string;
    /** Password at the time the database was made; Keep never changes it afterwards. */
    readonly password: string;
    /** Where the password also stands: namespace/name of a Kubernetes Secret, and the key in it. */
    readonly secret: string;
    readonly key: string;
}

/** How clients of the websocket server prove that they belong to this Keep. */
export interface PusherApp {
    /** Digits: the backend's client takes nothing else. */
    readonly id: pulumi.Input<string>;
    readonly key: pulumi.Input<string>;
    readonly secret: SecretKeyRef;
}

/**
 * The passwords that Keep's parts share. Generated once and kept in the stack's state, because Keep's own defaults are public:
 * "jwtsecret", "keep", "keepappsecret" (keep/identitymanager, docker-compose.common.yml).
 */
export class Secrets extends pulumi.ComponentResource {
    /** Signs the tokens of Keep's API. */
    public readonly jwt: SecretKeyRef;
    /** Encrypts the session cookies of the user interface. */
    public readonly nextAuth: SecretKeyRef;
    /** Undefined when there are no live updates. */
    public readonly pusher: PusherApp | undefined;
    /** Key of the model behind Keep's AI features; undefined when they are off. */
    public readonly openai: SecretKeyRef | undefined;
    /** What signing in needs; the first user's password also without sign-in, since Keep would make one that the world knows. */
    public readonly auth: AuthSecrets;
    /** For the setup step: first API keys; undefined when none are configured. */
    public readonly apiKeys: SecretKeyRef | undefined;
    /** How Prometheus reads the API's metrics; undefined when it does not. */
    public readonly metricsLogin: MetricsLogin | undefined;
    /** The first user, secret as a whole; undefined when Keep makes none. */
    public readonly firstUser: pulumi.Output<FirstUser> | undefined;
    /** Changes when a value that running pods read changes. */
    public readonly runtimeFingerprint: pulumi.Output<string>;
    /** Changes when a value that the setup step reads changes. */
    public readonly setupFingerprint: pulumi.Output<string>;
    /** Key for the fingerprints of other secrets. */
    public readonly fingerprintKey: pulumi.Output<string>;

    constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Secrets", name, {}, opts);
        const { release, config } = args;
        const child = { parent: this };

        const jwt = generatedPassword(`${name}-jwt`, child);
        const running = {
            "jwt-secret": jwt,
            "nextauth-secret": generatedPassword(`${name}-nextauth`, child),
            ...(config.websocket.kind === "none"
                ? {}
                : { "pusher-app-secret": config.secrets.pusherSecret ?? generatedPassword(`${name}-pusher`, child) }),
            ...(config.secrets.openaiApiKey === undefined ? {} : { "openai-api-key": config.secrets.openaiApiKey }),
        };
        const app = appSecret(release, name, "app", running, child);
        this.jwt = app("jwt-secret");
        this.nextAuth = app("nextauth-secret");
        this.pusher = pusherApp(name, config, app("pusher-app-secret"), child);
        this.openai = config.secrets.openaiApiKey === undefined ? undefined : app("openai-api-key");
        this.fingerprintKey = jwt;

        const moreEnv = secretEnvValues(config.secretEnv);
        if (Object.keys(moreEnv).length > 0) {
            appSecret(release, name, "env", moreEnv, child);
        }

        const { values, references } = clientSecrets(release, config);
        if (Object.keys(values).length > 0) {
            appSecret(release, name, "auth", values, child);
        }
        this.runtimeFingerprint = fingerprint(jwt, { ...running, ...moreEnv, ...values });

        const hasFirstUser = config.auth.kind === "db" || config.auth.kind === "noauth";
        const password = hasFirstUser
            ? (config.secrets.firstUserPassword ?? generatedPassword(`${name}-first-user`, child))
            : undefined;
        this.metricsLogin = createMetricsLogin(name, release, config, child);
        const apiKeys = [config.secrets.apiKeys, this.metricsLogin?.apiKey].filter((keys) => keys !== undefined);
        const initial = {
            ...(password === undefined ? {} : { "first-user-password": password }),
            ...(apiKeys.length === 0 ? {} : { "api-keys": pulumi.all(apiKeys).apply((keys) => keys.join(",")) }),
        };
        const setup = Object.keys(initial).length === 0 ? undefined : appSecret(release, name, "setup", initial, child);
        const firstUserPassword = password === undefined ? undefined : setup?.("first-user-password");
        this.auth = { ...references, firstUserPassword };
        this.apiKeys = apiKeys.length === 0 ? undefined : setup?.("api-keys");
        this.setupFingerprint = fingerprint(jwt, initial);
        this.firstUser =
            config.auth.kind === "db" && password !== undefined && firstUserPassword !== undefined
                ? firstUser(release, config.auth.username, password, firstUserPassword)
                : undefined;

        this.registerOutputs({});
    }
}

/** Makes one Kubernetes Secret, and answers with a way to refer to its keys. */
function appSecret(
    release: Release,
    name: string,
    part: string,
    stringData: Record<string, pulumi.Output<string>>,
    opts: pulumi.CustomResourceOptions,
): (key: string) => SecretKeyRef {
    const physical = secretName(release, part);
    new k8s.core.v1.Secret(
        `${name}-${part}`,
        {
            metadata: { name: physical, namespace: release.namespace, labels: scopeOf(release, "secrets").labels },
            stringData,
            type: "Opaque",
        },
        opts,
    );
    return (key) => ({ secret: { name: physical, key } });
}

function pusherApp(
    name: string,
    config: KeepConfig,
    secret: SecretKeyRef,
    opts: pulumi.CustomResourceOptions,
): PusherApp | undefined {
    switch (config.websocket.kind) {
        case "none":
            return undefined;
        case "external":
            return { id: config.websocket.appId, key: config.websocket.appKey, secret };
        case "soketi": {
            const id = new random.RandomInteger(`${name}-pusher-id`, { min: 100_000, max: 999_999 }, opts);
            const key = new random.RandomString(`${name}-pusher-key`, { length: 19, special: false }, opts);
            return { id: pulumi.interpolate`${id.result}`, key: pulumi.interpolate`k${key.result}`, secret };
        }
    }
}

function firstUser(
    release: Release,
    username: string,
    password: pulumi.Output<string>,
    { secret }: SecretKeyRef,
): pulumi.Output<FirstUser> {
    return pulumi.secret(password).apply((text) => ({
        username,
        password: text,
        secret: `${release.namespace}/${secret.name}`,
        key: secret.key,
    }));
}
