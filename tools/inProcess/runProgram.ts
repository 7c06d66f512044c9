import * as pulumi from "@pulumi/pulumi";

import { Logs } from "./logs";
import type { RecordedResource } from "./recordedResource";
import { type ProviderOutputs, Recorder, type References } from "./recorder";
import { Rejections } from "./rejections";
import type { Revealed } from "./secrets";
import { OpenResources, settled } from "./settled";
import { cheapTraces } from "./traces";

/** Under which names and with which configuration a program runs. */
export interface ProgramOptions<T = unknown> {
    /** Name of the project, as in `Pulumi.yaml`. */
    readonly project?: string;
    /** Name of the stack. */
    readonly stack?: string;
    /** Configuration by full key (`keep:publicUrl`); objects as JSON, as the Pulumi CLI hands them over. */
    readonly config?: Readonly<Record<string, string>>;
    /** Keys of `config` that are secrets. */
    readonly secretKeys?: readonly string[];
    /** Whether `pulumi.runtime.isDryRun()` is true; it is unless said otherwise. */
    readonly preview?: boolean;
    /** What generated values follow from; unless given, everybody can compute them. */
    readonly seed?: string;
    /** Whether errors keep their whole stack traces, at twice the time. */
    readonly traces?: boolean;
    /** What the stack's state holds, by URN: what an earlier deployment has made. Nothing unless given. */
    readonly state?: Readonly<Record<string, StateResource>>;
    /** Outputs of other stacks, secret ones, by the name that a StackReference gives. */
    readonly references?: References;
    /** What providers add to the inputs of a resource. Unless given, a preview does not know their outputs. */
    readonly providerOutputs?: ProviderOutputs;
    /** Results of the providers' functions, by token. Others are refused. */
    readonly functions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** What the stack exports, taken from what `build` returned. */
    readonly exports?: (result: T) => pulumi.Inputs;
}

/** A resource in the state of a stack. */
export interface StateResource {
    /** Type token, such as `kubernetes:apps/v1:Deployment`. */
    readonly type: string;
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a program made. */
export interface ProgramRun<T> {
    /** What `build` returned. */
    readonly result: T;
    /** Every resource, in the order in which the program made them. */
    readonly resources: readonly RecordedResource[];
    /** What the stack exports, secrets in plain. */
    readonly outputs: Revealed;
    /** The same with `[secret]` in place of each secret. */
    readonly maskedOutputs: Readonly<Record<string, unknown>>;
    /** Warnings that the program gave by `pulumi.log.warn`. */
    readonly warnings: readonly string[];
    /** What the program told by `pulumi.log.info`. */
    readonly notes: readonly string[];
}

// The SDK keeps its state in one place per process, so programs run one after another.
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a Pulumi program in this process, without Pulumi CLI, providers or cluster, and tells what it made.
 *
 * It fails with the program's own error when anything in it fails: also a throw inside an `apply` that nobody awaits, a
 * `pulumi.log.error`, and a resource that is never registered because an input or dependency never comes to be.
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
        // Makes the SDK forget what this program left unfinished; it would complain of it when the process ends.
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
    await pulumi.runtime.setMocks({ call, newResource: refuseResource }, project, stack, preview, "organization");
    pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
    const recorder = new Recorder(options.references ?? {}, options.seed ?? "", options.providerOutputs);
    const { readResource, registerResource, registerResourceOutputs } = recorder;
    Object.assign(pulumi.runtime.getMonitor() ?? {}, { readResource, registerResource, registerResourceOutputs });
    return recorder;
}

/** Waits until the program has nothing left to do; a resource made late, inside an `apply`, starts the wait anew. */
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
        return new Error(`never finished, because an input, parent or dependency never comes to be: ${what}`);
    }
    const others = more.filter((error) => error.message !== first.message);
    return others.length === 0
        ? first
        : new AggregateError(errors, [first, ...others].map((error) => error.message).join("\n"));
}

/** Answers for the engine, which knows its own state, and for the providers. */
function answerCall(
    token: string,
    { functions = {}, state = {} }: Pick<ProgramOptions, "functions" | "state">,
): Record<string, unknown> {
    return token === "pulumi:pulumi:readStackResourceOutputs"
        ? { outputs: state }
        : (functions[token] ?? refuseCall(token));
}

function refuseCall(token: string): never {
    const details = `calls the provider function ${token}; without a provider nothing can answer it`;
    // The SDK takes the text of a refused call from where gRPC puts it.
    throw Object.assign(new Error(details), { details });
}

/** The recorder answers for every resource; the mocks are left with none. */
function refuseResource({ type, name }: pulumi.runtime.MockResourceArgs): never {
    throw new Error(`${name} (${type}) went past the recorder`);
}
