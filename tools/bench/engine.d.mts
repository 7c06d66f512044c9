/** A running fake of Pulumi's engine. */
export interface Engine {
    /** Host and port, for the arguments `--monitor` and `--engine` of Pulumi's host. */
    readonly address: string;
    /** Log messages of the program and the SDK. */
    readonly logs: readonly string[];
    /** Type and name of each registered resource, such as `random:index/randomPassword:RandomPassword::keep`. */
    readonly resources: readonly string[];
    /** Outputs of the stack. */
    outputs(): Readonly<Record<string, unknown>>;
    stop(): void;
}

/**
 * Delays the answers for resources whose type matches `objects`, until a resource whose URN matches `until` has
 * registered its outputs.
 */
export interface Hold {
    readonly objects: RegExp;
    readonly until: RegExp;
}

/** Starts a fake engine on a free port. */
export function startEngine(options?: { readonly hold?: Hold }): Promise<Engine>;
