import * as z from "zod";

import { choice } from "../fields/choice";
import { adopt } from "../adoption/settings";
import { allow } from "../upgrade/settings";
import { auth } from "../auth/settings";
import { backup } from "../backup/settings";
import { certificates, proxy } from "../airGapped/settings";
import { database } from "../database/settings";
import { elasticsearch } from "../search";
import { images } from "../fields/images";
import { extraIngress, ingress } from "../ingress/settings";
import { monitoring } from "../monitoring/settings";
import { networkPolicy } from "../network/settings";
import { backend } from "../tiers/backend";
import { consumer } from "../tiers/consumer";
import { pods, serviceAccount } from "../pods/settings";
import { provision } from "../provision/settings";
import { redis } from "../redis/settings";
import { retention } from "../retention/settings";
import { setup } from "../setup/settings";
import { secretStore } from "../secretStore/settings";
import { loads } from "../size/sizes";
import { existingSecrets } from "../secrets/existing";
import { frontend } from "../tiers/frontend";
import { namespace } from "../namespace";
import { openai } from "../openai";
import { objectLabels } from "../fields/labels";
import { isHttpAddress } from "../fields/url";
import { KEEP_VERSION, version } from "../fields/version";
import { dnsLabel } from "../fields/vocabulary";
import { verify } from "../verify/settings";
import { worker } from "../tiers/worker";
import { websocket } from "../websocket/settings";

const publicUrl = z
    .string({
        error: ({ input }) =>
            input === undefined
                ? "is missing. Set it to the URL that users open, such as https://keep.example.com"
                : undefined,
    })
    .regex(/^https?:\/\/[^/?#@\s]+$/, {
        error: "is not an origin. Write only scheme, host and port, without a path or a trailing slash, such as https://keep.example.com. Set paths in keep:ingress",
        abort: true,
    })
    .refine(isHttpAddress, { error: "is not a URL. Write it like https://keep.example.com" });

/** The default `kind` of each key with variants. */
export const defaultKinds = {
    ingress: "traefik",
    database: "sqlite",
    websocket: "soketi",
    redis: "none",
    auth: "db",
    secretStore: "kubernetes",
    backup: "none",
} as const;

/** All keys of a stack file except the secret keys, with descriptions and defaults. */
export const stackSchema = z.strictObject({
    publicUrl: publicUrl.describe(
        "The URL that users open: scheme, host and port. All other URLs are derived from it.",
    ),
    release: dnsLabel(40)
        .default("keep")
        .describe("Prefix of every object's name, so that a cluster can have several installations."),
    namespace: namespace.prefault({}).describe("Namespace of the release."),
    platform: choice({
        kubernetes: "the program sets the pods' user ids",
        openshift: "the cluster assigns the pods' user ids",
    })
        .default("kubernetes")
        .describe("Kind of cluster."),
    version: version.default(KEEP_VERSION).describe("Keep's version: the tag of its API and of its user interface."),
    size: choice(loads)
        .default("small")
        .describe("Expected load: sets the defaults of replicas, resources and connections; see docs/sizing.md."),
    images: images.prefault({}).describe("Images, their mirror, pull secrets and digests."),
    ingress: ingress.prefault({ kind: defaultKinds.ingress }).describe("How requests from outside reach Keep."),
    extraIngresses: z
        .array(extraIngress)
        .default([])
        .describe("Additional ingresses; the public URLs are those of keep:ingress. See docs/ingress.md."),
    database: database.prefault({ kind: defaultKinds.database }).describe("Where Keep stores its data."),
    pods: pods
        .prefault({})
        .describe("Defaults for all pods, including databases and Jobs; a component's own settings take precedence."),
    backend: backend
        .prefault({})
        .describe("Keep's API: receives alerts, serves the user interface and runs workflows."),
    worker: worker
        .prefault({})
        .describe("Workers, which process queued alerts and run scheduled workflows; they require keep:redis."),
    consumer: consumer
        .prefault({})
        .describe("One pod that reads Kafka and SQS and processes the topology, instead of every API process."),
    frontend: frontend.prefault({}).describe("Keep's user interface (Next.js)."),
    websocket: websocket
        .prefault({ kind: defaultKinds.websocket })
        .describe("Live updates: the websocket server that notifies browsers of new alerts."),
    redis: redis
        .prefault({ kind: defaultKinds.redis })
        .describe("Redis: the queue between the API and the workers; several Soketi pods also need it."),
    elasticsearch: elasticsearch
        .optional()
        .describe("An external Elasticsearch for the search of alerts; recommended above 50,000 alerts."),
    auth: auth.prefault({ kind: defaultKinds.auth }).describe("How users sign in."),
    secretStore: secretStore
        .prefault({ kind: defaultKinds.secretStore })
        .describe("Where Keep stores the credentials of its providers."),
    networkPolicy: networkPolicy
        .prefault({})
        .describe("NetworkPolicies for every component: which connections are allowed."),
    extraCa: certificates.optional().describe("Additional certificate authorities that every tier trusts, in PEM."),
    proxy: proxy.optional().describe("HTTP proxies for the outgoing connections of every tier."),
    serviceAccount: serviceAccount.prefault({}).describe("Identity of the backend in the cluster."),
    setup: setup.prefault({}).describe("Setup before the pods start: migrations, first user, provisioning."),
    provision: provision
        .prefault({})
        .describe("Content of Keep as code: workflows, rules, dashboards and more; see docs/as-code.md."),
    openai: openai.prefault({}).describe("Model for Keep's AI features, which keep:openaiApiKey enables."),
    adopt: adopt
        .optional()
        .describe("A release of the Helm chart whose data this stack takes over; see docs/from-the-chart.md."),
    backup: backup
        .prefault({ kind: defaultKinds.backup })
        .describe("Dumps of the database, or snapshots of its disk; see docs/backup.md."),
    telemetry: z.boolean().default(false).describe("Whether Keep sends usage data to keephq (PostHog, Sentry)."),
    monitoring: monitoring
        .prefault({})
        .describe("Metrics for Prometheus, alerts and a dashboard; see docs/monitoring.md."),
    retention: retention.prefault({}).describe("How long alerts are kept. Without days, they are never deleted."),
    verify: verify
        .prefault({})
        .describe("A Job that checks the installation at its public URL, as the last step of pulumi up."),
    existingSecrets: existingSecrets
        .prefault({})
        .describe("Secrets in Keep's namespace that others create, in place of secret keys and generated values."),
    labels: objectLabels.default({}).describe("Additional labels of every object."),
    allow: allow
        .prefault({})
        .describe("Confirms changes that the program otherwise rejects, such as an older version or another volume."),
});

/** The validated settings with defaults, without secrets. */
export type StackConfig = z.infer<typeof stackSchema>;

/** An object with variants, in which the default kind is optional. */
type WithDefaultKind<T, Kind> = T extends { readonly kind: Kind } ? Omit<T, "kind"> & { kind?: Kind } : T;

type Written = z.input<typeof stackSchema>;

/** Settings as programs pass them. */
export type StackSettings = Omit<Written, keyof typeof defaultKinds> & {
    [Key in keyof typeof defaultKinds]?: WithDefaultKind<Written[Key], (typeof defaultKinds)[Key]>;
};
