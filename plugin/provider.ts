import * as pulumi from "@pulumi/pulumi";

import { joinProgram, type Needed } from "../components/conflicts";
import { type KeepArgs, readArguments } from "../components/settings/arguments";
import { Keep } from "../components/keep";
import { resolve } from "../components/settings/resolve";
import { rejectRemoval } from "../components/secretStore/removal";
import { KEEP, packageSchema } from "./schema";

/** A client of the Node.js SDK for the engine (`grpc.Client`); that of mocks has no channel. */
interface Client {
    readonly getChannel?: () => { readonly getTarget: () => string };
}

/**
 * Constructs the component for programs in any language. Pulumi's own host for components
 * (`@pulumi/pulumi/provider/experimental`) derives the schema from TypeScript types and rejects unions, which many settings have. So
 * the schema is generated from that of the settings.
 */
export class KeepProvider implements pulumi.provider.Provider {
    /** What the Keeps of each program need, by the program's address. The process ends with the command. */
    readonly #programs = new Map<string, Needed>();

    constructor(public readonly version: string) {}

    /** The schema that `pulumi package add` reads. */
    public readonly getSchema = (): Promise<string> => Promise.resolve(JSON.stringify(packageSchema(this.version)));

    /** Creates a Keep from the arguments of another program. */
    public readonly construct = (
        name: string,
        type: string,
        inputs: pulumi.Inputs,
        options: pulumi.ComponentResourceOptions,
    ): Promise<pulumi.provider.ConstructResult> => {
        if (type !== KEEP) {
            return Promise.reject(new Error(`There is no ${type} in this package, only ${KEEP}`));
        }
        const args = inputs as unknown as KeepArgs;
        rejectRemoval(
            resolve(readArguments(name, args)),
            `of Keep "${name}" works in TypeScript programs only, since it runs at pulumi destroy`,
        );
        this.#joinProgram();
        const { urn, urls, namespace, firstUser } = new Keep(name, args, options);
        const addresses = urls.apply(({ frontend, backend, websocket }) => ({ frontend, backend, websocket }));
        return Promise.resolve({ urn, state: { urls: addresses, namespace, firstUser } });
    };

    /** The SDK opens a connection to the engine for each component that a plugin constructs (provider/server.ts). */
    #joinProgram(): void {
        const connection: object & Client = pulumi.runtime.getMonitor() ?? {};
        // The preview and the update of one command are two programs.
        const address = `${connection.getChannel?.().getTarget()} ${pulumi.runtime.isDryRun()}`;
        const program: Needed = this.#programs.get(address) ?? new Map<string, string>();
        this.#programs.set(address, program);
        joinProgram(connection, program);
    }
}
