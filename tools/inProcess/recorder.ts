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
import { providerAnswer } from "./providerAnswers";

const STACK_TYPE = "pulumi:pulumi:Stack";
const REFERENCE_TYPE = "pulumi:pulumi:StackReference";

/** Outputs of other stacks, by the name in the StackReference. All are secret. */
export type References = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Outputs that a provider adds to a resource, by its type and name. */
export type ProviderOutputs = (type: string, name: string) => Readonly<Record<string, unknown>>;

type Answer<T> = (error: Error | null, response: T | undefined) => void;

interface Constructed {
    readonly resource: pulumi.Resource;
    readonly options: pulumi.ResourceOptions;
    readonly label: string;
}

type Recorded = { -readonly [Key in keyof RecordedResource]: RecordedResource[Key] };

/**
 * Records the registrations of one program, and answers them as the engine and a provider would.
 *
 * It replaces the registration of Pulumi's mock monitor, which does not record parents, options and dependencies, gives
 * two resources with different parents the same URN, and marks a whole property as secret if one of its values is.
 */
export class Recorder {
    /** Outputs of the stack, available after the program has finished. */
    public stackOutputs: Revealed = { plain: {}, secretPaths: new Set() };
    /** Outputs of the stack with `[secret]` for each secret. */
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

    /** Number of resources that the program has created so far. */
    public get size(): number {
        return this.constructed.size;
    }

    /** All registered resources, in the order of creation. */
    public get resources(): RecordedResource[] {
        const byObject = new Map([...this.byUrn.values()].map((recorded) => [recorded.resource, recorded]));
        return [...this.constructed.keys()].flatMap((resource) => byObject.get(resource) ?? []);
    }

    /** Resources that were never registered, because an input, parent or dependency never resolved. */
    public get unregistered(): string[] {
        return [...this.waiting.values()].flat().map((one) => one.label);
    }

    /** Records each resource with its options, which the registration does not contain. */
    public readonly onConstruction = ({ resource, type, name, opts }: pulumi.ResourceTransformationArgs): undefined => {
        const constructed = { resource, options: opts, label: `${name} (${type})` };
        this.constructed.set(resource, constructed);
        this.waiting.set(keyOf(type, name), [...(this.waiting.get(keyOf(type, name)) ?? []), constructed]);
    };

    /** Answers `readResource` for the outputs of other stacks. Without a cluster, rejects all other resources. */
    public readonly readResource = (request: ReadResourceRequest, answer: Answer<ReadResourceResponse>): void => {
        const [type, name, id] = [request.getType(), request.getName(), request.getId()];
        const outputs = type === REFERENCE_TYPE ? this.references[id] : undefined;
        if (outputs === undefined) {
            const what =
                type === REFERENCE_TYPE
                    ? `the outputs of the stack ${id}, which this run does not have`
                    : `${name} (${type}) from the cluster, which this run does not have`;
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

    /** Answers `registerResource`. */
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

    /** Answers `registerResourceOutputs`. */
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
        const answer = request.getCustom()
            ? providerAnswer(type, name, urn, inputs, this.seed)
            : { id: "", outputs: {} };
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

    /** The constructed resource of a registration. Resources with the same type and name differ in their parents. */
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
