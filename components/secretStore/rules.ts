import { releaseOf, type ReleaseSettings } from "../naming";
import { type ComponentName, type ComponentWith, componentsWithout } from "../component";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { isSystemNamespace } from "../fields/vocabulary";
import { hasDefaultAccount } from "../pods/accounts";
import type { ServiceAccountConfig } from "../pods/settings";
import type { SecretStoreConfig } from "./settings";

interface StoreSettings extends ReleaseSettings {
    readonly adopt?: { readonly namespace: string };
    readonly secretStore: SecretStoreConfig;
}

const OF_THE_CLUSTER = "belongs to the cluster, and Keep could read and change every Secret there";

/** Conditions on the namespace of the credentials, in which Keep can read and change all Secrets. */
export const secretStoreRules: readonly Rule<StoreSettings>[] = [
    (settings) => {
        const { adopt, secretStore } = settings;
        if (secretStore.kind !== "kubernetes") {
            return [];
        }
        // A release of the chart in `default` has its credentials there already.
        if (adopt !== undefined && adopt.namespace !== "default" && isSystemNamespace(adopt.namespace)) {
            const message = `${OF_THE_CLUSTER}. Set keep:secretStore.kind to another store`;
            return [issue("adopt.namespace", message, { value: adopt.namespace })];
        }
        if (secretStore.namespace === undefined) {
            return [];
        }
        const { namespace: value, acceptShared } = secretStore;
        const at = (message: string) => [issue("secretStore.namespace", message, { value })];
        if (isSystemNamespace(value) && value !== adopt?.namespace) {
            return at(`${OF_THE_CLUSTER}. Leave it out, or name a namespace for these credentials alone`);
        }
        if (value === releaseOf(settings).namespace && value !== adopt?.namespace) {
            return at(
                "is Keep's own namespace, where Keep could read and change the Secrets of its database and its sign-in. Remove it, or set another namespace",
            );
        }
        return acceptShared || adopt !== undefined
            ? []
            : at(
                  "lets Keep read and change every Secret there. Remove it to use a new namespace, or confirm it with keep:secretStore.acceptShared: true",
              );
    },
];

type Components = Readonly<Record<Exclude<ComponentName, ComponentWith<"process">>, object>>;

interface AccountSettings extends ReleaseSettings, Components {
    readonly secretStore: { readonly kind: string };
    readonly serviceAccount: ServiceAccountConfig;
}

interface HasAccount {
    readonly serviceAccount: { readonly name?: string; readonly annotations?: object };
}

const NOT_CREATED = "has no effect: keep:serviceAccount.create is false";
const ANNOTATE = "Annotate the account itself, and remove it here";

/** Conditions on service accounts: unique names, and annotations only for accounts that the stack creates. */
export const serviceAccountRules: readonly Rule<AccountSettings>[] = [
    ({ secretStore, serviceAccount: { create, name } }) => [
        !create &&
            name === "default" &&
            secretStore.kind === "kubernetes" &&
            issue(
                "serviceAccount.name",
                "is the account of all pods that name none, and the program would let it read the credentials of providers. Name another account, or set keep:secretStore.kind to another store",
                { value: name },
            ),
        create &&
            name === "default" &&
            issue(
                "serviceAccount.name",
                "exists in every namespace, and pods that name no account use it. Choose another name",
                { value: name },
            ),
        !create &&
            name === undefined &&
            issue(
                "serviceAccount.name",
                "is missing: keep:serviceAccount.create is false, and all pods of the namespace use the account default. Name the existing account that may read the credentials of providers",
            ),
    ],
    (settings) => {
        const { serviceAccount: account } = settings;
        const release = releaseOf(settings);
        const hasAnnotations = (annotations: object) => Object.keys(annotations).length > 0;
        return [
            !account.create &&
                hasAnnotations(account.annotations) &&
                issue("serviceAccount.annotations", `${NOT_CREATED}. ${ANNOTATE}`),
            ...componentsWithout("process").map((component) => {
                const own = settings[component];
                const { serviceAccount = {} } = own as Partial<HasAccount>;
                const { annotations = {}, name } = serviceAccount;
                const isCreated = account.create && hasDefaultAccount({ serviceAccount }, component, release);
                const why = name === undefined ? NOT_CREATED : "has no effect on an account that exists";
                return (
                    !isCreated &&
                    hasAnnotations(annotations) &&
                    issue(`${component}.serviceAccount.annotations`, `${why}. ${ANNOTATE}`)
                );
            }),
        ];
    },
    ({ release, serviceAccount: { create, name } }) => [
        create &&
            componentsWithout("process").some((component) => name === `${release}-${component}`) &&
            issue("serviceAccount.name", "is the name of another component's account. Choose another name", {
                value: name,
            }),
    ],
];
