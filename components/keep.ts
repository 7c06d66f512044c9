import * as pulumi from "@pulumi/pulumi";

import { authEnv } from "./auth/env";
import { type KeepArgs, readArguments } from "./settings/arguments";
import { formatIssues } from "./settings/issues";
import { releaseOf } from "./settings/release";
import { resolve } from "./settings/resolve";
import { isRetained } from "./settings/retained";
import { createDataServices } from "./dataServices";
import { applyOverlays } from "./airGapped/overlay";
import { StackFile } from "./settings/stackFile";
import type { Issue } from "./fields/issue";
import { keepEnvironment } from "./environment";
import { createIngress } from "./ingress/create";
import { type PublicUrls, publicUrls } from "./ingress/urls";
import { createNamespace } from "./namespace";
import { Network } from "./network/network";
import { createOperations } from "./operations";
import { type FirstUser, Secrets } from "./secrets/secrets";
import { Access } from "./secretStore/access";
import { requireDefaultProvider } from "./secretStore/removal";
import { Setup } from "./setup/setup";
import { createTiers, endpointsOf } from "./tiers/create";
import { checkUpgrade } from "./upgrade/check";
import { deploymentOf } from "./upgrade/deployment";

export type { KeepArgs } from "./settings/arguments";

/** Type token of the component. */
const TYPE = "keep:index:Keep";

/**
 * A whole Keep: alert management on Kubernetes. This one component is what the stack program makes, what other programs
 * import, and what programs in other languages construct.
 */
export class Keep extends pulumi.ComponentResource {
    /** Every public address. */
    public readonly urls: PublicUrls;
    /** Namespace of the pods. */
    public readonly namespace: string;
    /** First user and generated password, secret; undefined when an identity provider signs people in. */
    public readonly firstUser: pulumi.Output<FirstUser> | undefined;

    /**
     * @param args settings and secrets as a program gives them, or what `loadConfig` has read from a stack file.
     * @throws pulumi.RunError naming every mistake in the arguments at once; nothing has been created then. The same ends the
     * program, before anything of this Keep is made, where it would undo what the stack's state says of the Keep that runs.
     */
    constructor(name: string, args: KeepArgs | StackFile, opts?: pulumi.ComponentResourceOptions) {
        const source = args instanceof StackFile ? args : readArguments(name, args);
        const given = resolve(source);
        const report = (issues: readonly Issue[]) => formatIssues(issues, source);
        const comparison = checkUpgrade({ type: TYPE, name, aliases: opts?.aliases, config: given, report });
        super(TYPE, name, {}, pulumi.mergeOptions(opts, { dependsOn: comparison }));
        requireDefaultProvider(this, given);
        const release = releaseOf(given);
        const config = applyOverlays(given, release);
        const endpoints = endpointsOf(release, config);
        this.urls = publicUrls(config);
        this.namespace = release.namespace;

        const namespace = createNamespace(name, release, config.namespace, {
            parent: this,
            retainOnDelete: isRetained(config),
        });
        const child = { parent: this, dependsOn: namespace };
        const network = config.networkPolicy.enabled
            ? [new Network(`${name}-network`, { release, config }, child)]
            : [];
        const secrets = new Secrets(`${name}-secrets`, { release, config }, child);
        this.firstUser = secrets.firstUser;
        const access = new Access(`${name}-access`, { release, config }, child);
        const { fingerprintKey } = secrets;
        const fixedUser = config.platform === "kubernetes";
        const context = { release, config, images: config.images, fixedUser, fingerprintKey };
        const dataServices = createDataServices(name, context, child);

        const auth = authEnv(config.auth, secrets.refs);
        const fragments = [auth.backend, access.env, ...dataServices.all.map((service) => service.env)];
        const { websocket } = endpoints;
        const env = keepEnvironment({ config, urls: this.urls, secrets, fragments, websocket });
        const prerequisites = [...namespace, ...network, secrets];
        const dependencies = [...prerequisites, access, ...dataServices.all];

        const { account } = access;
        const { database } = dataServices;
        const setup = new Setup(
            `${name}-setup`,
            { ...context, secrets, database, env, account, dependsOn: dependencies },
            child,
        );
        createTiers(
            name,
            { ...context, urls: this.urls, endpoints, auth, env, secrets, access, dataServices, setup, prerequisites },
            child,
        );
        const { metricsLogin } = secrets;
        createOperations(name, { ...context, database, metricsLogin, dependsOn: [...dependencies, setup] }, child);
        const { ingress, publicUrl } = config;
        createIngress(`${name}-ingress`, { release, config: ingress, publicUrl, endpoints }, child);

        const { urls, firstUser } = this;
        this.registerOutputs({ urls, namespace: this.namespace, firstUser, deployed: deploymentOf(given) });
    }
}
