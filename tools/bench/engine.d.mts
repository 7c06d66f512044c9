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

/** Starts one on a free port of this machine. */
export function startEngine(): Promise<Engine>;
