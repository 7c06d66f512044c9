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

/** Components that the API needs before it starts: service account, data services and setup Job. */
export interface Api {
    readonly access: Access;
    readonly dataServices: DataServices;
    readonly setup: Setup;
    /** Environment of all processes of Keep. */
    readonly env: Env;
    /** Resources that must exist before Jobs that use the database. */
    readonly dependencies: readonly pulumi.Resource[];
}

/** The configuration, and components that were created before. */
export interface ApiArgs extends Context<KeepConfig> {
    readonly urls: PublicUrls;
    readonly auth: AuthEnv;
    readonly secrets: Secrets;
    /** In-cluster address of Soketi; undefined if the release does not run it. */
    readonly websocket: Endpoint | undefined;
    readonly prerequisites: readonly pulumi.Resource[];
}

/** Creates the service account, the data services and the setup Job of the API. */
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
