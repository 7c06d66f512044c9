import * as z from "zod";

import { ANYWHERE } from "../fields/traffic";
import { input } from "../fields/input";
import { bucketFields, createDumpsIn } from "./bucket";
import { backupKind } from "./kind";

/**
 * Label of pods that get a token from the webhook of Azure Workload Identity
 * (https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html).
 */
const USES_IDENTITY = { "azure.workload.identity/use": "true" };

/** Dumps in a container of Azure Blob Storage. */
export const azure = backupKind(
    z.strictObject({
        kind: z.literal("azure").describe("dumps in a container of Azure Blob Storage, with workload identity"),
        ...bucketFields,
        account: input(
            z.string().regex(/^[a-z0-9]{3,24}$/, {
                error: "is not the name of a storage account. Write 3 to 24 lower-case letters and digits, without the domain",
            }),
        ).describe("storage account"),
        container: input(
            z.string().regex(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/, {
                error: "is not the name of a container. Write only the name, and set a path in keep:backup.prefix",
            }),
        ).describe("container, which must exist"),
    }),
    {
        create: (name, args, opts) => {
            const { account, container, podLabels } = args.backup;
            const options = {
                TYPE: "azureblob",
                ACCOUNT: account,
                // The identity of the pod (https://rclone.org/azureblob/#env-auth-1-environment-variables).
                ENV_AUTH: "true",
                NO_CHECK_CONTAINER: "true",
            };
            const backup = { ...args.backup, podLabels: { ...podLabels, ...USES_IDENTITY } };
            createDumpsIn({ name: container, options }, name, { ...args, backup }, opts);
        },
        makesDumps: true,
        // The token is exchanged at login.microsoftonline.com.
        egress: () => [{ from: ["backup"], to: ANYWHERE, ports: [443] }],
    },
);
