/** A running stand-in for Pulumi's engine. */
export interface Engine {
    /** Host and port, for the arguments `--monitor` and `--engine` of Pulumi's host. */
    readonly address: string;
    /** What the program and the SDK have logged. */
    readonly logs: readonly string[];
    /** Type and name of each resource that has been registered, such as `random:index/randomPassword:RandomPassword::keep`. */
    readonly resources: readonly string[];
    /** What the stack exports. */
    outputs(): Readonly<Record<string, unknown>>;
    stop(): void;
}

/** Objects that are not ready, by their type, until the outputs of a resource have been registered, by its URN. */
export interface Hold {
    readonly objects: RegExp;
    readonly until: RegExp;
}

/** Starts one on a free port of this machine. */
export function startEngine(options?: { readonly hold?: Hold }): Promise<Engine>;
