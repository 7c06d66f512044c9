import type * as pulumi from "@pulumi/pulumi";

import { type KeepArgs, readArguments } from "../components/settings/arguments";
import { Keep } from "../components/keep";
import { resolve } from "../components/settings/resolve";
import { rejectRemoval } from "../components/secretStore/removal";
import { KEEP, packageSchema } from "./schema";

/**
 * Constructs the component for programs in any language. Pulumi's own host for components
 * (`@pulumi/pulumi/provider/experimental`) derives the schema from TypeScript types and rejects unions, which many settings have. So
 * the schema is generated from that of the settings.
 */
export class KeepProvider implements pulumi.provider.Provider {
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
        const { urn, urls, namespace, firstUser } = new Keep(name, args, options);
        const addresses = urls.apply(({ frontend, backend, websocket }) => ({ frontend, backend, websocket }));
        return Promise.resolve({ urn, state: { urls: addresses, namespace, firstUser } });
    };
}
