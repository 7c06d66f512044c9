import type * as pulumi from "@pulumi/pulumi";

import { type KeepArgs, readArguments } from "../components/settings/arguments";
import { Keep } from "../components/keep";
import { resolve } from "../components/settings/resolve";
import { rejectRemoval } from "../components/secretStore/removal";
import { KEEP, packageSchema } from "./schema";

/**
 * Constructs the component for programs in any language. Pulumi's own host for components
 * (`@pulumi/pulumi/provider/experimental`) would derive the schema from the TypeScript types, but refuses unions, of which
 * our settings are full; so the schema comes from the settings' own, and constructing is all that is left.
 */
export class KeepProvider implements pulumi.provider.Provider {
    constructor(public readonly version: string) {}

    /** The package as `pulumi package add` asks for it. */
    public readonly getSchema = (): Promise<string> => Promise.resolve(JSON.stringify(packageSchema(this.version)));

    /** Makes a Keep from the arguments of another program. */
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
