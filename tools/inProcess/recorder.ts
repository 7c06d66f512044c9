import * as pulumi from "@pulumi/pulumi";
import type {
    ReadResourceRequest,
    ReadResourceResponse,
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
    RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { RecordedResource } from "./recordedResource";
import { isRecord, mask, reveal, type Revealed } from "./secrets";
import { standIn } from "./standIns";

const STACK_TYPE = "pulumi:pulumi:Stack";
const REFERENCE_TYPE = "pulumi:pulumi:StackReference";

/** Outputs of other stacks, by the name that a StackReference gives. All of them count as secret. */
export type References = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a provider adds to the inputs of a resource, by its type and name. */
export type ProviderOutputs = (type: string, name: string) => Readonly<Record<string, unknown>>;

type Answer<T> = (error: Error | null, response: T | undefined) => void;

interface Constructed {
    readonly resource: pulumi.Resource;
    readonly options: pulumi.ResourceOptions;
    readonly label: string;
}

type Recorded = { -readonly [Key in keyof RecordedResource]: RecordedResource[Key] };

/**
 * Plays the engine for one program: answers every registration as a provider would and keeps what was asked for.
 *
 * Pulumi's own mock monitor does not tell parents, options and dependencies, gives two resources under different parents
 * the same URN, and spreads the mark of one secret over the whole property. So its registrations are answered here.
 */
export class Recorder {
    /** What the stack exports, known once the program has ended. */
    public stackOutputs: Revealed = { plain: {}, secretPaths: new Set() };
    /** The same with `[secret]` in place of each secret. */
    public maskedStackOutputs: Record<string, unknown> = {};

    private readonly constructed = new Map<pulumi.Resource, Constructed>();
    private readonly waiting = new Map<string, Constructed[]>();
    private readonly byUrn = new Map<string, Recorded>();
    private stackUrn = "";

    constructor(
        private readonly references: References,
        private readonly seed: string,
        private readonly providerOutputs: ProviderOutputs = () => ({}),
    ) {}

    /** How many resources the program has made so far. */
    public get size(): number {
        return this.constructed.size;
    }

    /** Every resource that was registered, in the order in which the program made them. */
    public get resources(): RecordedResource[] {
        const byObject = new Map([...this.byUrn.values()].map((recorded) => [recorded.resource, recorded]));
        return [...this.constructed.keys()].flatMap((resource) => byObject.get(resource) ?? []);
    }

    /** Resources that the program made but whose inputs, parents or dependencies never came to be. */
    public get unregistered(): string[] {
        return [...this.waiting.values()].flat().map((one) => one.label);
    }

    /** Sees each resource in its constructor, with the options that its registration does not carry. */
    public readonly onConstruction = ({ resource, type, name, opts }: pulumi.ResourceTransformationArgs): undefined => {
        const constructed = { resource, options: opts, label: `${name} (${type})` };
        this.constructed.set(resource, constructed);
        this.waiting.set(keyOf(type, name), [...(this.waiting.get(keyOf(type, name)) ?? []), constructed]);
    };

    /** Answers `readResource` of the mock monitor: another stack's outputs, and nothing of the cluster. */
    public readonly readResource = (request: ReadResourceRequest, answer: Answer<ReadResourceResponse>): void => {
        const [type, name, id] = [request.getType(), request.getName(), request.getId()];
        const outputs = type === REFERENCE_TYPE ? this.references[id] : undefined;
        if (outputs === undefined) {
            const what =
                type === REFERENCE_TYPE
                    ? `the outputs of the stack ${id}, which are not told here`
                    : `${name} (${type}) from the cluster; without a cluster nothing can answer it`;
            answer(new Error(`reads ${what}`), undefined);
            return;
        }
        this.takeWaiting(type, name, undefined);
        const message = new resourceMessages.ReadResourceResponse();
        message.setUrn(this.urnOf(type, name, request.getParent()));
        const state = { name: id, outputs: asSecret(outputs), secretOutputNames: Object.keys(outputs) };
        message.setProperties(Struct.fromJavaScript(state));
        answer(null, message);
    };

    /** Answers `registerResource` of the mock monitor. */
    public readonly registerResource = (
        request: RegisterResourceRequest,
        answer: Answer<RegisterResourceResponse>,
    ): void => {
        try {
            answer(null, this.register(request));
        } catch (error) {
            answer(error instanceof Error ? error : new Error(String(error)), undefined);
        }
    };

    /** Answers `registerResourceOutputs` of the mock monitor. */
    public readonly registerResourceOutputs = (
        request: RegisterResourceOutputsRequest,
        answer: Answer<object>,
    ): void => {
        const wire = toRecord(request.getOutputs());
        const recorded = this.byUrn.get(request.getUrn());
        if (recorded !== undefined) {
            recorded.outputs = reveal(wire);
        } else if (request.getUrn() === this.stackUrn) {
            this.stackOutputs = reveal(wire);
            this.maskedStackOutputs = mask(wire);
        }
        answer(null, {});
    };

    private register(request: RegisterResourceRequest): RegisterResourceResponse {
        const [type, name] = [request.getType(), request.getName()];
        const urn = this.urnOf(type, name, request.getParent());
        if (type === STACK_TYPE) {
            this.stackUrn = urn;
            return response(urn, "", request.getObject());
        }
        if (this.byUrn.has(urn)) {
            throw new Error(`Duplicate resource URN '${urn}': two resources have the same type, name and parent`);
        }
        const parent = this.byUrn.get(request.getParent());
        const constructed = this.takeWaiting(type, name, parent);
        const wire = toRecord(request.getObject());
        const { plain: inputs, secretPaths } = reveal(wire);
        const answer = request.getCustom() ? standIn(type, name, urn, inputs, this.seed) : { id: "", outputs: {} };
        this.byUrn.set(urn, {
            type,
            name,
            urn,
            parent,
            custom: request.getCustom(),
            inputs,
            secretPaths,
            get maskedInputs() {
                return mask(wire);
            },
            inputsMaskedAs: (as) => mask(wire, as),
            physicalName: physicalName({ ...inputs, ...answer.outputs }),
            retained: request.getRetainondelete() ?? false,
            options: constructed.options,
            dependencies: request.getDependenciesList().flatMap((dependency) => this.byUrn.get(dependency) ?? []),
            provider: request.getProvider(),
            resource: constructed.resource,
            outputs: undefined,
        });
        const outputs = { ...answer.outputs, ...this.providerOutputs(type, name) };
        return response(urn, answer.id, outputsOf(request, wire, outputs));
    }

    /** Two resources may share type and name under different parents; the parent as an object tells them apart. */
    private takeWaiting(type: string, name: string, parent: Recorded | undefined): Constructed {
        const waiting = this.waiting.get(keyOf(type, name)) ?? [];
        const found = waiting.find(({ options }) => {
            const given = options.parent !== undefined && this.constructed.has(options.parent);
            return parent === undefined ? !given : options.parent === parent.resource;
        });
        if (found === undefined) {
            throw new Error(`${name} (${type}) was registered without having been constructed`);
        }
        const others = waiting.filter((one) => one !== found);
        if (others.length > 0) {
            this.waiting.set(keyOf(type, name), others);
        } else {
            this.waiting.delete(keyOf(type, name));
        }
        return found;
    }

    private urnOf(type: string, name: string, parentUrn: string): string {
        const parentType = parentUrn === "" || parentUrn === this.stackUrn ? "" : `${parentUrn.split("::")[2] ?? ""}$`;
        return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${parentType}${type}::${name}`;
    }
}

function keyOf(type: string, name: string): string {
    return `${type}::${name}`;
}

function outputsOf(
    request: RegisterResourceRequest,
    wire: Record<string, unknown>,
    outputs: Record<string, unknown>,
): Struct | undefined {
    const added = Object.entries(outputs);
    if (added.length === 0) {
        return request.getObject();
    }
    const secret = new Set(request.getAdditionalsecretoutputsList());
    const marked = new Map(added.map(([key, value]) => [key, secret.has(key) ? asSecret(value) : value]));
    return Struct.fromJavaScript({ ...wire, ...Object.fromEntries(marked) } as Record<string, JavaScriptValue>);
}

function asSecret(value: unknown): Record<string, unknown> {
    return { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value };
}

function response(urn: string, id: string, object: Struct | undefined): RegisterResourceResponse {
    const message = new resourceMessages.RegisterResourceResponse();
    message.setUrn(urn);
    message.setId(id);
    message.setObject(object);
    return message;
}

function physicalName(outputs: Record<string, unknown>): string | undefined {
    const metadata = outputs.metadata;
    return isRecord(metadata) && typeof metadata.name === "string" ? metadata.name : undefined;
}

function toRecord(struct: Struct | undefined): Record<string, unknown> {
    const value: unknown = struct?.toJavaScript();
    return isRecord(value) ? value : {};
}
