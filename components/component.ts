/** Settings that determine which components have pods. */
export interface ComponentChoices {
    readonly backend: { readonly enabled: boolean };
    readonly backup: { readonly kind: string };
    readonly consumer: { readonly enabled: boolean };
    readonly database: { readonly kind: string };
    readonly frontend: { readonly enabled: boolean };
    readonly redis: { readonly kind: string };
    readonly retention: { readonly days?: number };
    readonly verify: { readonly enabled: boolean };
    readonly websocket: { readonly kind: string };
}

/** Properties of a component, by which lists of components are selected. */
interface Traits {
    /** Runs an image of Keep, so its labels include Keep's version. */
    readonly versioned?: true;
    /** Runs Keep's Python program, which connects to providers, the secret store and the queue. */
    readonly process?: true;
    /** Has a setting `env`. */
    readonly env?: true;
    /** Exposes metrics. Database and Redis would need exporters. */
    readonly metrics?: true;
    /** Has a Service. */
    readonly service?: true;
    /** Opens no connections, so it needs no DNS. */
    readonly server?: true;
}

interface Component extends Traits {
    /** Whether a stack has pods of this component. */
    readonly exists: (choices: ComponentChoices) => boolean;
}

/** All components that can have pods. Lists of components are derived from this table. */
const COMPONENTS = {
    backend: {
        versioned: true,
        process: true,
        env: true,
        metrics: true,
        service: true,
        exists: ({ backend }) => backend.enabled,
    },
    consumer: {
        versioned: true,
        process: true,
        env: true,
        metrics: true,
        exists: ({ consumer }) => consumer.enabled,
    },
    // With SQLite, setup is an init container of the backend.
    setup: { versioned: true, process: true, exists: ({ database }) => database.kind !== "sqlite" },
    worker: {
        versioned: true,
        process: true,
        env: true,
        metrics: true,
        exists: ({ redis }) => redis.kind !== "none",
    },
    frontend: { versioned: true, env: true, service: true, exists: ({ frontend }) => frontend.enabled },
    websocket: { env: true, metrics: true, service: true, exists: ({ websocket }) => websocket.kind === "soketi" },
    redis: { service: true, server: true, exists: ({ redis }) => redis.kind === "bundled" },
    database: {
        service: true,
        server: true,
        exists: ({ database }) => !["sqlite", "cloudnativepg", "external"].includes(database.kind),
    },
    backup: { exists: ({ backup }) => backup.kind !== "none" },
    retention: { exists: ({ retention }) => retention.days !== undefined },
    verify: { versioned: true, exists: ({ verify }) => verify.enabled },
} as const satisfies Readonly<Record<string, Component>>;

type Table = typeof COMPONENTS;

/** Name of a component: the value of its pods' label `app.kubernetes.io/component`. */
export type ComponentName = keyof Table;

/** The components with all of some traits. */
export type ComponentWith<T extends keyof Traits> = {
    [K in ComponentName]: Table[K] extends Readonly<Record<T, true>> ? K : never;
}[ComponentName];

const names = Object.keys(COMPONENTS) as ComponentName[];

/** All components with all of some traits, also those without pods in a stack. */
export function componentsWith<T extends keyof Traits>(...traits: readonly [T, ...T[]]): ComponentWith<T>[] {
    const hasTrait = (name: ComponentName): name is ComponentWith<T> => {
        const component: Component = COMPONENTS[name];
        return traits.every((trait) => component[trait] === true);
    };
    return names.filter(hasTrait);
}

/** All components without a trait, also those without pods in a stack. */
export function componentsWithout<T extends keyof Traits>(trait: T): Exclude<ComponentName, ComponentWith<T>>[] {
    const having: readonly ComponentName[] = componentsWith(trait);
    const lacks = (name: ComponentName): name is Exclude<ComponentName, ComponentWith<T>> => !having.includes(name);
    return names.filter(lacks);
}

/** The tiers that run Keep's Python program. Its Jobs, which are no tiers, have the settings of the backend. */
export const PROCESS_TIERS = componentsWith("process", "env");

/** The components with pods in a stack. */
export function componentsOf(choices: ComponentChoices): ComponentName[] {
    return names.filter((name) => COMPONENTS[name].exists(choices));
}
