import type * as pulumi from "@pulumi/pulumi";

import type { AuthEnv } from "./auth/env";
import type { Context } from "./context";
import { createDataServices, type DataServices } from "./dataServices";
import { keepEnvironment } from "./environment";
import type { PublicUrls } from "./ingress/urls";
import type { Env } from "./kubernetes/env";
import type { Endpoint } from "./kubernetes/workload";
import type { Secrets } from "./secrets/secrets";
import { Access } from "./secretStore/access";
import type { KeepConfig } from "./settings/resolve";
import { Setup } from "./setup/setup";

/** What the API needs before it starts: its identity, its data and the setup that fills them. */
export interface Api {
    readonly access: Access;
    readonly dataServices: DataServices;
    readonly setup: Setup;
    /** Environment that all of Keep's processes share. */
    readonly env: Env;
    /** All that must exist before a Job on the database. */
    readonly dependencies: readonly pulumi.Resource[];
}

/** The whole configuration, and what was created before. */
export interface ApiArgs extends Context<KeepConfig> {
    readonly urls: PublicUrls;
    readonly auth: AuthEnv;
    readonly secrets: Secrets;
    /** In-cluster address of Soketi; undefined when the release runs none. */
    readonly websocket: Endpoint | undefined;
    readonly prerequisites: readonly pulumi.Resource[];
}

/** Creates the API's identity, its database, queue and search, and its setup. */
export function createApi(name: string, args: ApiArgs, opts: pulumi.ComponentResourceOptions): Api {
    const { urls, auth, secrets, websocket, prerequisites, ...context } = args;
    const { config, release } = context;
    const access = new Access(`${name}-access`, { release, config }, opts);
    const dataServices = createDataServices(name, context, opts);
    const fragments = [auth.backend, access.env, ...dataServices.all.map((service) => service.env)];
    const env = keepEnvironment({ config, urls, secrets, fragments, websocket });
    const dependsOn = [...prerequisites, access, ...dataServices.all];
    const { account } = access;
    const { database } = dataServices;
    const setup = new Setup(`${name}-setup`, { ...context, secrets, database, env, account, dependsOn }, opts);
    return { access, dataServices, setup, env, dependencies: [...dependsOn, setup] };
}
