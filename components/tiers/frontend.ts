import * as pulumi from "@pulumi/pulumi";

import { openaiEnvironment, SCRATCH } from "../environment";
import { ANYWHERE, type Egress, type Listener, portOf } from "../fields/traffic";
import type { PublicUrls } from "../ingress/urls";
import type { Env } from "../kubernetes/env";
import { ARBITRARY_USER } from "../kubernetes/pod";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import type { Secrets } from "../secrets/secrets";
import type { KeepConfig } from "../settings/resolve";
import type { OpenaiConfig } from "../settings/schema";
import { type TierArgs, tierWorkload } from "./tier";

const PORT = { name: "http", number: 3000 };
const HEALTH_PATH = "/api/healthcheck";

/** Who connects to the user interface. */
export const frontendListeners: Listener[] = [{ port: PORT.number, from: "edge" }];

/** Connections to the model of the assistant, which the user interface asks itself, and of telemetry. */
export function frontendEgress({
    openai,
    secrets,
    telemetry,
}: Pick<KeepConfig, "openai" | "secrets" | "telemetry">): Egress[] {
    const model = portOf(openai.baseUrl ?? "https://api.openai.com");
    const ports = [...(secrets.openaiApiKey === undefined ? [] : [model]), ...(telemetry ? [443] : [])];
    return ports.map((port) => ({ from: ["frontend"], to: ANYWHERE, ports: [port] }));
}

/** The user interface's settings, and the addresses and secrets that it needs. */
export interface FrontendArgs extends TierArgs {
    /** How people sign in. */
    readonly auth: Env;
    readonly openai: OpenaiConfig;
    readonly telemetry: boolean;
    /** In-cluster address of the API, for calls made while rendering. */
    readonly backend: Endpoint;
    readonly urls: PublicUrls;
    readonly secrets: Secrets;
}

/** In-cluster address of the user interface. */
export function frontendEndpoint(release: Release): Endpoint {
    return {
        service: scopeOf(release, "frontend").name,
        port: PORT.number,
        portName: PORT.name,
        healthPath: HEALTH_PATH,
    };
}

/** The Next.js user interface: renders pages, signs people in, and forwards their calls to the API. */
export class Frontend extends pulumi.ComponentResource {
    constructor(name: string, args: FrontendArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Frontend", name, {}, opts);

        new Workload(
            name,
            tierWorkload(args, {
                component: "frontend",
                image: "frontend",
                env: frontendEnv(args),
                port: PORT,
                healthPath: HEALTH_PATH,
                resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" } },
                user: ARBITRARY_USER,
                scratch: { tmp: { path: SCRATCH, size: "256Mi" }, cache: { path: "/app/.next/cache", size: "512Mi" } },
                gracePeriodSeconds: 30,
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}

function frontendEnv({ auth, openai, telemetry, backend, urls, secrets }: FrontendArgs): Env {
    const { pusher } = urls;
    return {
        API_URL: `http://${backend.service}:${backend.port}`,
        API_URL_CLIENT: urls.backendForBrowser,
        ...auth,
        HOME: SCRATCH,
        // Kubernetes sets HOSTNAME to the pod's name, and Next.js would listen on that address only.
        HOSTNAME: "0.0.0.0",
        NEXTAUTH_SECRET: secrets.refs.nextAuthSecret,
        NEXTAUTH_URL: urls.origin,
        ...(pusher === undefined
            ? { PUSHER_DISABLED: "true" }
            : {
                  PUSHER_HOST: pusher.host,
                  PUSHER_PORT: pusher.port === undefined ? undefined : String(pusher.port),
                  PUSHER_APP_KEY: secrets.pusher?.key,
              }),
        ...openaiEnvironment(openai, secrets),
        // The assistant's route reads names of its own (keep-ui/app/api/copilotkit/route.ts).
        OPEN_AI_API_KEY: secrets.refs.openaiApiKey,
        OPEN_AI_ORGANIZATION_ID: secrets.refs.openaiApiKey === undefined ? undefined : openai.organization,
        // The image carries keys for PostHog and Sentry: an empty one is the only way to be sure.
        ...(telemetry ? {} : { POSTHOG_DISABLED: "true", POSTHOG_KEY: "", SENTRY_DISABLED: "true" }),
    };
}
