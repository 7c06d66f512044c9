import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { SCRATCH } from "../environment";
import { input } from "../fields/input";
import { type Egress, hostOf, type Listener, peersFor, portOf } from "../fields/traffic";
import { httpUrl } from "../fields/url";
import { switches } from "../fields/switch";
import type { PublicUrls } from "../ingress/urls";
import type { Env } from "../kubernetes/env";
import { ARBITRARY_USER } from "../kubernetes/pod";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import { accountOf } from "../pods/accounts";
import { accountFields } from "../pods/settings";
import { type OpenaiConfig, openaiEnvironment } from "../openai";
import type { Secrets } from "../secrets/secrets";
import { bindAddress, tierFields } from "./settings";
import { type TierArgs, tierWorkload } from "./tier";

const PORT = { name: "http", number: 3000 };
const HEALTH_PATH = "/api/healthcheck";

/** The user interface. */
export const frontend = z
    .strictObject({
        enabled: z.boolean().default(true).describe("run Keep's user interface here; false: only the API is exposed"),
        url: input(
            httpUrl("address of the user interface", "https://keep-ui.example.com", {
                endpoints: /\/(alerts\/feed|incidents|providers|signin)$/,
            }),
        )
            .optional()
            .describe("address of a user interface that runs elsewhere, for links to it; default: publicUrl"),
        ...tierFields,
        ...accountFields,
    })
    .register(switches, { key: "enabled", apart: ["url"] });

/** Settings of the user interface, validated and with defaults. */
export type FrontendConfig = z.infer<typeof frontend>;

/** The clients of the user interface. */
export const frontendListeners: Listener[] = [{ port: PORT.number, from: "edge" }];

/** Connections of the user interface to an API that runs elsewhere. */
export function frontendEgress({ backend: { url } }: { readonly backend: { readonly url?: string } }): Egress[] {
    return url === undefined ? [] : [{ from: ["frontend"], to: peersFor([], [portOf(url)], hostOf(url)) }];
}

/** Arguments of Frontend. */
export interface FrontendArgs extends TierArgs<FrontendConfig> {
    /** Environment for sign-in. */
    readonly auth: Env;
    readonly openai: OpenaiConfig;
    readonly telemetry: boolean;
    /** URL of the API, for requests of the server. */
    readonly apiUrl: string;
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

/** The user interface (Next.js): renders pages, signs users in, and proxies API calls. */
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
                account: accountOf(args.config),
                resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" } },
                ephemeralStorage: "256Mi",
                user: ARBITRARY_USER,
                scratch: { tmp: { path: SCRATCH, size: "256Mi" }, cache: { path: "/app/.next/cache", size: "512Mi" } },
                gracePeriodSeconds: 30,
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}

function frontendEnv({ auth, config, ipv6, openai, telemetry, apiUrl, urls, secrets }: FrontendArgs): Env {
    const { pusher } = urls;
    return {
        API_URL: apiUrl,
        API_URL_CLIENT: urls.backendForBrowser,
        ...auth,
        HOME: SCRATCH,
        // Kubernetes sets HOSTNAME to the name of the pod, and Next.js would only listen on its address.
        HOSTNAME: bindAddress(config, { ipv6 }),
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
        // The assistant's route reads different variables (keep-ui/app/api/copilotkit/route.ts).
        OPEN_AI_API_KEY: secrets.refs.openaiApiKey,
        OPEN_AI_ORGANIZATION_ID: secrets.refs.openaiApiKey === undefined ? undefined : openai.organization,
        // The image contains keys for PostHog and Sentry, which only empty values disable.
        ...(telemetry ? {} : { POSTHOG_DISABLED: "true", POSTHOG_KEY: "", SENTRY_DISABLED: "true" }),
    };
}
