import * as pulumi from "@pulumi/pulumi";

import { Logs } from "./logs";
import type { RecordedResource } from "./recordedResource";
import { type ProviderOutputs, Recorder, type References } from "./recorder";
import { Rejections } from "./rejections";
import type { Revealed } from "./secrets";
import { OpenResources, settled } from "./settled";
import { cheapTraces } from "./traces";

/** Names, configuration and environment of a program. */
export interface ProgramOptions<T = unknown> {
    /** Name of the project, as in `Pulumi.yaml`. */
    readonly project?: string;
    /** Name of the stack. */
    readonly stack?: string;
    /** Configuration by full key (`keep:publicUrl`); objects as JSON, as the Pulumi CLI passes them. */
    readonly config?: Readonly<Record<string, string>>;
    /** Keys of `config` that are secrets. */
    readonly secretKeys?: readonly string[];
    /** Value of `pulumi.runtime.isDryRun()`; default: true. */
    readonly preview?: boolean;
    /** Secret seed of generated values. Without it, they can be predicted. */
    readonly seed?: string;
    /** Whether errors have complete stack traces, which doubles the run time. */
    readonly traces?: boolean;
    /** Resources in the stack's state, by URN; default: none. */
    readonly state?: Readonly<Record<string, StateResource>>;
    /** Outputs of other stacks. */
    readonly references?: References;
    /** Outputs that providers add. Without it, their outputs are unknown, as in a preview. */
    readonly providerOutputs?: ProviderOutputs;
    /** Results of provider functions, by token. Calls of other functions fail. */
    readonly functions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** Computes the stack's outputs from the result of `build`. */
    readonly exports?: (result: T) => pulumi.Inputs;
}

/** A resource in the state of a stack. */
export interface StateResource {
    /** Type token, such as `kubernetes:apps/v1:Deployment`. */
    readonly type: string;
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** The result of a program. */
export interface ProgramRun<T> {
    /** Return value of `build`. */
    readonly result: T;
    /** All resources, in the order of creation. */
    readonly resources: readonly RecordedResource[];
    /** Outputs of the stack, with secrets in plain text. */
    readonly outputs: Revealed;
    /** Outputs of the stack, with `[secret]` for each secret. */
    readonly maskedOutputs: Readonly<Record<string, unknown>>;
    /** Messages of `pulumi.log.warn`. */
    readonly warnings: readonly string[];
    /** Messages of `pulumi.log.info`. */
    readonly notes: readonly string[];
}

// The SDK has global state, so programs run one after another.
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a Pulumi program in this process, without the Pulumi CLI, providers or a cluster. Returns the resources that it
 * creates.
 * @throws the error of the program, also if it occurs inside an `apply`
 * @throws Error for a `pulumi.log.error`, and for resources that are never registered, because an input never resolves
 */
export async function runProgram<T>(
    build: () => T | Promise<T>,
    options: ProgramOptions<T> = {},
): Promise<ProgramRun<T>> {
    const run = last.then(() => runAlone(build, options));
    last = run.catch(() => undefined);
    return run;
}

async function runAlone<T>(build: () => T | Promise<T>, options: ProgramOptions<T>): Promise<ProgramRun<T>> {
    const openBefore = new OpenResources();
    const recorder = await startRecorder(options);
    const restoreTraces = options.traces === true ? () => undefined : cheapTraces();
    const rejections = new Rejections();
    const logs = new Logs();
    const returned: T[] = [];
    try {
        const outcome = pulumi.runtime.runInPulumiStack(async () => {
            pulumi.runtime.registerStackTransformation(recorder.onConstruction);
            const result = await build();
            returned.push(result);
            return options.exports?.(result);
        });
        await drain(outcome, recorder, rejections, openBefore);
    } finally {
        restoreTraces();
        rejections.stop();
        logs.stop();
    }
    const errors = [...rejections.errors, ...logs.errors.map((message) => new pulumi.RunError(message))];
    const [result] = returned;
    if (errors.length > 0 || recorder.unregistered.length > 0 || returned.length === 0) {
        // Resets the SDK. Otherwise, it reports the unfinished resources of this program when the process exits.
        await startRecorder(options);
        throw failure(errors, recorder.unregistered);
    }
    return {
        result: result as T,
        resources: recorder.resources,
        outputs: recorder.stackOutputs,
        maskedOutputs: recorder.maskedStackOutputs,
        warnings: logs.warnings,
        notes: logs.notes,
    };
}

async function startRecorder<T>(options: ProgramOptions<T>): Promise<Recorder> {
    const { project = "keep", stack = "dev", preview = true, config = {}, secretKeys = [] } = options;
    const call = ({ token }: pulumi.runtime.MockCallArgs) => answerCall(token, options);
    await pulumi.runtime.setMocks({ call, newResource: rejectResource }, project, stack, preview, "organization");
    pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
    const recorder = new Recorder(options.references ?? {}, options.seed ?? "", options.providerOutputs);
    const { readResource, registerResource, registerResourceOutputs } = recorder;
    Object.assign(pulumi.runtime.getMonitor() ?? {}, { readResource, registerResource, registerResourceOutputs });
    return recorder;
}

/**
 * Waits until the program has finished. If a resource was created meanwhile, such as inside an `apply`, waits again.
 */
async function drain(
    outcome: Promise<unknown>,
    recorder: Recorder,
    rejections: Rejections,
    openBefore: OpenResources,
): Promise<void> {
    const ended = outcome.catch((error: unknown) => {
        rejections.add(error);
    });
    let size: number;
    let isSettled: boolean;
    do {
        size = recorder.size;
        isSettled = await settled(
            ended.then(() => pulumi.runtime.disconnect()),
            openBefore,
        );
    } while (isSettled && recorder.size !== size);
}

function failure(errors: readonly Error[], unregistered: readonly string[]): Error {
    const [first, ...more] = errors;
    if (first === undefined) {
        const what = unregistered.length === 0 ? "the program itself" : unregistered.join(", ");
        return new Error(`never finished, because an input, parent or dependency never resolves: ${what}`);
    }
    const others = more.filter((error) => error.message !== first.message);
    return others.length === 0
        ? first
        : new AggregateError(errors, [first, ...others].map((error) => error.message).join("\n"));
}

/** Answers the calls of provider functions, and of the engine's function that reads the state. */
function answerCall(
    token: string,
    { functions = {}, state = {} }: Pick<ProgramOptions, "functions" | "state">,
): Record<string, unknown> {
    return token === "pulumi:pulumi:readStackResourceOutputs"
        ? { outputs: state }
        : (functions[token] ?? rejectCall(token));
}

function rejectCall(token: string): never {
    const details = `calls the provider function ${token}, and this run has no provider`;
    // The SDK reads the message of a failed call from gRPC's `details`.
    throw Object.assign(new Error(details), { details });
}

/** The mock for resources, which is never called, because the recorder answers all registrations. */
function rejectResource({ type, name }: pulumi.runtime.MockResourceArgs): never {
    throw new Error(`${name} (${type}) was not registered by the recorder`);
}
