/** What decides which components a stack has pods of. */
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

/** Yes or no questions about a component, which lists of components follow from. */
interface Traits {
    /** Runs one of Keep's own images, and so shows Keep's version in its labels. */
    readonly versioned?: true;
    /** Runs Keep's Python program, which calls providers, the secret store, the queue and so on. */
    readonly process?: true;
    /** A tier with `env` of its own in the stack. */
    readonly env?: true;
    /** Exposes metrics. The database and Redis would need exporters, which are not part of Keep. */
    readonly metrics?: true;
    /** Has a Service. */
    readonly service?: true;
    /** Only answers: opens no connection, and so asks no name server. */
    readonly server?: true;
}

interface Component extends Traits {
    /** Whether a stack has pods of it. */
    readonly exists: (choices: ComponentChoices) => boolean;
}

/** Every component of a release that may have pods. Lists of components follow from this table. */
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

/** Component of a release that may have pods: the value of their label `app.kubernetes.io/component`. */
export type ComponentName = keyof Table;

/** The components that have a trait. */
export type ComponentWith<T extends keyof Traits> = {
    [K in ComponentName]: Table[K] extends Readonly<Record<T, true>> ? K : never;
}[ComponentName];

const names = Object.keys(COMPONENTS) as ComponentName[];

/** Every component that has a trait, whether or not a stack has pods of it. */
export function componentsWith<T extends keyof Traits>(trait: T): ComponentWith<T>[] {
    const hasTrait = (name: ComponentName): name is ComponentWith<T> => {
        const component: Component = COMPONENTS[name];
        return component[trait] === true;
    };
    return names.filter(hasTrait);
}

/** Every component that lacks a trait, whether or not a stack has pods of it. */
export function componentsWithout<T extends keyof Traits>(trait: T): Exclude<ComponentName, ComponentWith<T>>[] {
    const having: readonly ComponentName[] = componentsWith(trait);
    const lacks = (name: ComponentName): name is Exclude<ComponentName, ComponentWith<T>> => !having.includes(name);
    return names.filter(lacks);
}

/** The components that a stack has pods of. */
export function componentsOf(choices: ComponentChoices): ComponentName[] {
    return names.filter((name) => COMPONENTS[name].exists(choices));
}
