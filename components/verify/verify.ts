import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import { SCRATCH } from "../environment";
import { imageOf } from "../fields/images";
import { REPLACEABLE } from "../kubernetes/inherited";
import { jobPlacement, jobPodMetadata } from "../kubernetes/job";
import { ARBITRARY_USER, container, podSpec, scratch } from "../kubernetes/pod";
import { scopeOf } from "../naming";
import { accountOf } from "../pods/accounts";
import { fingerprint } from "../secrets/fingerprint";
import type { Secrets } from "../secrets/secrets";
import { computed } from "../tokens";
import type { KeepConfig } from "../settings/resolve";
import { envFrom } from "../tiers/tier";
import { targetOf } from "./target";

const DIRECTORY = "/etc/keep/verify";
const PROGRAM = "verify.mjs";
/** Seconds beyond the repetition of checks: the last of them and the start of the pod. */
const MARGIN = 300;

/** The whole configuration, and all that must run before it is checked. */
export interface VerifyArgs extends Context<KeepConfig> {
    readonly secrets: Secrets;
    readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * Checks the public URL once everything runs, and so makes `pulumi up` fail when users would. The program runs in the image of the user
 * interface, which has Node, with that tier's volumes and trusted certificates. It runs again when a setting or a secret changes.
 */
export class Verify extends pulumi.ComponentResource {
    constructor(name: string, args: VerifyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Verify", name, {}, opts);
        const { release, config } = args;
        const { verify } = config;
        const { name: physical, namespace, labels } = scopeOf(release, "verify");
        const scripts = programFiles();
        const metadata = { name: physical, namespace, labels };
        const program = new k8s.core.v1.ConfigMap(name, { metadata, data: scripts }, { parent: this });

        new k8s.batch.v1.Job(
            name,
            {
                // The next `pulumi up` replaces a Job that failed.
                metadata: { ...metadata, annotations: { "pulumi.com/replaceUnready": "true" } },
                spec: {
                    backoffLimit: 0,
                    activeDeadlineSeconds: verify.timeoutSeconds + MARGIN,
                    template: {
                        metadata: jobPodMetadata(
                            { labels },
                            {
                                podAnnotations: {
                                    ...verify.podAnnotations,
                                    "keep.pulumi/inputs": inputsOf(args, scripts),
                                },
                                podLabels: verify.podLabels,
                            },
                        ),
                        spec: podSpec({
                            initContainers: config.frontend.initContainers,
                            containers: [verifyContainer(args)],
                            volumes: [
                                scratch("tmp", "64Mi"),
                                { name: "program", configMap: { name: physical } },
                                ...config.frontend.volumes,
                            ],
                            user: args.fixedUser ? ARBITRARY_USER : undefined,
                            pullSecrets: config.images.pullSecrets,
                            account: accountOf(verify),
                            gracePeriodSeconds: 5,
                            placement: jobPlacement(config.frontend),
                            restartPolicy: "Never",
                        }),
                    },
                },
            },
            {
                parent: this,
                dependsOn: [...args.dependsOn, program],
                customTimeouts: { create: `${verify.timeoutSeconds + MARGIN + 60}s` },
                ...REPLACEABLE,
            },
        );
        this.registerOutputs({});
    }
}

/** The program's files by name. */
function programFiles(): Record<string, string> {
    const names = readdirSync(__dirname).filter((name) => name.endsWith(".mjs"));
    return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(__dirname, name), "utf8")]));
}

/** Changes when anything does that an installation consists of. A Job's pod template is immutable: another value makes a new Job. */
function inputsOf({ config, fingerprintKey, secrets }: VerifyArgs, scripts: Readonly<Record<string, string>>) {
    return fingerprint(fingerprintKey, {
        ...scripts,
        // Of the known values: a text with a token for a value has its quotes unescaped.
        settings: computed({ ...config, secrets: undefined, secretEnv: undefined }, (known) => JSON.stringify(known)),
        runtime: secrets.runtimeFingerprint,
        setup: secrets.setupFingerprint,
    });
}

function verifyContainer({ release, config, secrets }: VerifyArgs): k8s.types.input.core.v1.Container {
    const { auth, frontend, images, verify, version } = config;
    const { apiKeySecret } = verify;
    const firstUser =
        apiKeySecret === undefined && auth.kind === "db"
            ? { VERIFY_USERNAME: auth.username, VERIFY_PASSWORD: secrets.refs.firstUserPassword }
            : {};
    return container({
        name: "verify",
        image: frontend.image ?? imageOf(images, "frontend", version),
        pullPolicy: images.pullPolicy,
        command: ["node", "--experimental-websocket", "--no-warnings", `${DIRECTORY}/${PROGRAM}`],
        env: {
            ...frontend.env,
            HOME: SCRATCH,
            VERIFY_TARGET: JSON.stringify(targetOf(release, config)),
            VERIFY_WAIT_SECONDS: String(verify.timeoutSeconds),
            VERIFY_API_KEY: apiKeySecret === undefined ? undefined : { secret: apiKeySecret },
            VERIFY_PUSHER_APP_KEY: secrets.pusher?.key,
            ...firstUser,
        },
        envFrom: envFrom(frontend),
        resources: verify.resources ?? {
            requests: { cpu: "20m", memory: "64Mi" },
            limits: { cpu: "1", memory: "256Mi" },
        },
        mounts: [
            { name: "tmp", mountPath: SCRATCH },
            { name: "program", mountPath: DIRECTORY, readOnly: true },
            ...frontend.volumeMounts,
        ],
    });
}
