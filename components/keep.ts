import { releaseOf } from "./naming";
import * as pulumi from "@pulumi/pulumi";

import { createAuthorities, expiredNote } from "./airGapped/authorities";
import { directRequestsNote } from "./airGapped/directRequests";
import { tlsProxyNote } from "./airGapped/tlsProxy";
import { createApi } from "./api";
import { authEnv } from "./auth/env";
import { autheliaNote } from "./auth/autheliaNote";
import { redirectNote } from "./auth/redirectNote";
import { type KeepArgs, readArguments } from "./settings/arguments";
import { formatIssues } from "./settings/issues";
import { checkInputs } from "./settings/inputs";
import { checkOptions } from "./settings/options";
import { resolve } from "./settings/resolve";
import { isRetained } from "./settings/retained";
import { applyOverlays } from "./overlays";
import { shadowedEnvNote } from "./settings/shadowedEnv";
import { unusedNote } from "./settings/unused";
import { StackFile } from "./settings/stackFile";
import { laterValues, resolveInputs, settledValue } from "./tokens";
import { conflicts, type Registered } from "./conflicts";
import { unsharedServices } from "./services";
import type { Issue } from "./fields/issue";
import { createIngresses } from "./ingress/create";
import { gatewayNote } from "./ingress/gatewayProxies";
import { type PublicUrls, publicUrls, servedUrls } from "./ingress/urls";
import { retention } from "./kubernetes/inherited";
import { createNamespace } from "./namespace";
import { meshNote } from "./network/mesh";
import { Network } from "./network/network";
import { createOperations } from "./operations";
import { createAccounts } from "./pods/accounts";
import { type FirstUser, Secrets } from "./secrets/secrets";
import { indexNote } from "./retention/indexNote";
import { requireDefaultProvider } from "./secretStore/removal";
import { createTiers, endpointsOf } from "./tiers/create";
import { NO_WATCHER, watcherPlace } from "./tiers/watcher";
import { destructiveIssues } from "./upgrade/check";
import { deploymentOf } from "./upgrade/deployment";
import { Verify } from "./verify/verify";
import { rejection } from "./settings/rejection";

export type { KeepArgs } from "./settings/arguments";

/** Type token of the component. */
const TYPE = "keep:index:Keep";

/**
 * Keep on Kubernetes: the component that the stack's program creates, and that programs in TypeScript and other
 * languages use.
 */
export class Keep extends pulumi.ComponentResource {
    /** Public URLs. Like the other outputs, they resolve after all objects have been created and are ready. */
    public readonly urls: pulumi.Output<PublicUrls>;
    /** Namespace of the pods. */
    public readonly namespace: pulumi.Output<string>;
    /** First user with the generated password (secret); undefined if an identity provider signs users in. */
    public readonly firstUser: pulumi.Output<FirstUser> | undefined;

    /**
     * @param args settings and secrets, or the result of `loadConfig`, which reads them from a stack file
     * @throws pulumi.RunError that lists all issues of the arguments, before any resource is created. The program also
     *   ends
     * with this error if the change would lose data of the deployed installation, according to the stack's state.
     */
    constructor(name: string, args: KeepArgs | StackFile, opts?: pulumi.ComponentResourceOptions) {
        checkOptions(name, opts);
        const source = args instanceof StackFile ? args : readArguments(name, args);
        const given = resolve(source);
        const report = (found: readonly Issue[]) => formatIssues(found, source);
        const written = source.settings;
        const registered: Registered[] = [];
        const databaseUrl = settledValue(pulumi.output<unknown>(source.secrets.databaseUrl));
        const issues = checkInputs(source, given).then(async (config) => [
            ...(await conflicts(
                name,
                registered,
                servedUrls(config),
                unsharedServices(config, (await databaseUrl)?.value),
            )),
            ...(await destructiveIssues({ type: TYPE, name, aliases: opts?.aliases, config, written })),
        ]);
        const transformations = [collectedIn(registered), ...(laterValues(given).length === 0 ? [] : [withInputs])];
        super(TYPE, name, {}, pulumi.mergeOptions(opts, { dependsOn: withoutIssues(issues, report), transformations }));
        requireDefaultProvider(this, given);
        for (const note of [
            shadowedEnvNote(given),
            unusedNote(source, given),
            indexNote(source.namespace, given),
            meshNote(source.namespace, given),
            gatewayNote(source.namespace, given),
            tlsProxyNote(source.namespace, given),
        ]) {
            if (note !== undefined) {
                void pulumi.log.info(note, this);
            }
        }
        const release = releaseOf(given);
        const config = applyOverlays(given, release);
        const hasNoWatcher = given.backend.enabled && watcherPlace(given) === undefined;
        for (const warning of [
            hasNoWatcher ? NO_WATCHER : undefined,
            expiredNote(source.namespace, given),
            directRequestsNote(source.namespace, config),
            redirectNote(source.namespace, given),
            autheliaNote(source.namespace, given),
        ]) {
            if (warning !== undefined) {
                void pulumi.log.warn(warning, this);
            }
        }
        const endpoints = endpointsOf(release, config);
        const urls = publicUrls(config);

        const namespace = createNamespace(name, release, config.namespace, {
            parent: this,
            ...retention(isRetained(config)),
        });
        const accounts = createAccounts(name, given, release, { parent: this, dependsOn: namespace });
        const authorities = createAuthorities(name, given, release, { parent: this, dependsOn: namespace });
        const child = { parent: this, dependsOn: [...namespace, ...accounts, ...authorities] };
        const network = config.networkPolicy.enabled
            ? [new Network(`${name}-network`, { release, config }, child)]
            : [];
        const secrets = new Secrets(`${name}-secrets`, { release, config }, child);
        const { fingerprintKey, metricsLogin } = secrets;
        const fixedUser = config.platform === "kubernetes";
        const context = { release, config, images: config.images, fixedUser, ipv6: config.pods.ipv6, fingerprintKey };
        const prerequisites = [...namespace, ...accounts, ...authorities, ...network, secrets];
        const auth = authEnv(config.auth, secrets.refs);
        const shared = { ...context, urls, auth, secrets, prerequisites };

        const { websocket } = endpoints;
        const api = config.backend.enabled ? createApi(name, { ...shared, websocket }, child) : undefined;
        const tiers = createTiers(name, { ...shared, endpoints, api }, child);
        if (api !== undefined) {
            const { database } = api.dataServices;
            createOperations(name, { ...context, database, metricsLogin, dependsOn: api.dependencies }, child);
        }
        const ingresses = createIngresses(`${name}-ingress`, { release, config, endpoints }, child);
        if (config.verify.enabled) {
            const dependsOn = [...prerequisites, ...tiers, ...ingresses];
            new Verify(`${name}-verify`, { ...context, secrets, dependsOn }, child);
        }

        const firstUser = config.backend.enabled ? secrets.firstUser : undefined;
        const whenReady = <T>(value: pulumi.Input<T>) => outputAfter(registered, resolveInputs(value));
        this.urls = whenReady(urls);
        this.namespace = whenReady(release.namespace);
        this.firstUser = firstUser === undefined ? undefined : whenReady(firstUser);
        // Does not wait for resources, because the next deployment compares itself with this record even if this one
        // fails.
        const deployed = deploymentOf(given);
        this.registerOutputs(resolveInputs({ urls, namespace: release.namespace, deployed, firstUser }));
    }
}

/**
 * An empty list, once there are no issues. The component depends on it: Pulumi registers a component when its
 * dependencies are known, and children after their parent, so nothing is created before.
 *
 * With an issue, the program ends with a pulumi.RunError that lists all, and the promise stays pending: the SDK would
 * report a rejection once for each property that waits for it. If a program runs in the process of the Automation API, the
 * SDK would even tell the engine that all resources are registered (automation/server.ts), and the engine would delete
 * all others.
 */
function withoutIssues(
    issues: Promise<readonly Issue[]>,
    report: (found: readonly Issue[]) => string,
): Promise<pulumi.Resource[]> {
    return new Promise((resolve) => {
        void issues.then((found) => {
            if (found.length > 0) {
                throw rejection(report(found));
            }
            resolve([]);
        });
    });
}

/** A transformation that collects all resources of the component and its children. */
function collectedIn(registered: Registered[]): pulumi.ResourceTransformation {
    return ({ resource, type, props, opts }) => {
        registered.push({ resource, type, props: props });
        return { props: props, opts };
    };
}

/** Delays a value until resources are ready. It waits for their URNs, which are also known in a preview. */
function outputAfter<T>(registered: readonly Registered[], value: pulumi.Input<T>): pulumi.Output<T> {
    const objects = registered.map(({ resource }) => resource).filter((it) => pulumi.CustomResource.isInstance(it));
    const ready = pulumi.all(objects.map(({ urn }) => urn));
    return ready.apply(() => value as pulumi.Output<T>);
}

/** A transformation that replaces the tokens of Outputs in the properties of resources. */
function withInputs({ props, opts }: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult {
    return { props: resolveInputs<pulumi.Inputs>(props), opts };
}
