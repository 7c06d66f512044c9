// A fake of Pulumi's engine, to measure the process that runs the program. Unlike the real engine, it answers each
// registration with the inputs that were sent, has no state and calls no provider.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const fromSdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = fromSdk("@grpc/grpc-js");
const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb.js");
const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb.js");
const engine = require("@pulumi/pulumi/proto/engine_pb.js");
const resource = require("@pulumi/pulumi/proto/resource_pb.js");
const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb.js");
const { ResourceMonitorService } = require("@pulumi/pulumi/proto/resource_grpc_pb.js");

/** Features that the SDK asks for and that the real engine supports. */
const FEATURES = new Set([
    "secrets",
    "resourceReferences",
    "outputValues",
    "deletedWith",
    "aliasSpecs",
    "parameterization",
]);

/** See engine.d.mts. */
export async function startEngine({ hold } = {}) {
    const server = new grpc.Server();
    const logs = [];
    const resources = [];
    let outputs = {};
    let held = hold === undefined ? undefined : [];
    let root = "";
    const answer = (make) => (call, callback) => callback(null, make(call.request));
    const urnOf = (request) => `urn:pulumi:bench::bench::${request.getType()}::${request.getName()}`;
    server.addService(EngineService, {
        log: answer((request) => {
            logs.push(request.getMessage());
            return new Empty();
        }),
        getRootResource: answer(() => {
            const response = new engine.GetRootResourceResponse();
            response.setUrn(root);
            return response;
        }),
        setRootResource: answer((request) => {
            root = request.getUrn();
            return new engine.SetRootResourceResponse();
        }),
        requirePulumiVersion: answer(() => new engine.RequirePulumiVersionResponse()),
    });
    server.addService(ResourceMonitorService, {
        supportsFeature: answer((request) => {
            const response = new resource.SupportsFeatureResponse();
            response.setHassupport(FEATURES.has(request.getId()));
            return response;
        }),
        invoke: answer((request) => {
            // pulumi:pulumi:readStackResourceOutputs returns no outputs for a stack that was never deployed.
            const response = new resource.ResourceInvokeResponse();
            response.setReturn(Struct.fromJavaScript({ ...request.getArgs().toJavaScript(), outputs: {} }));
            return response;
        }),
        readResource: answer((request) => {
            const response = new resource.ReadResourceResponse();
            response.setUrn(urnOf(request));
            response.setProperties(request.getProperties());
            return response;
        }),
        registerResource: ({ request }, callback) => {
            resources.push(`${request.getType()}::${request.getName()}`);
            const response = new resource.RegisterResourceResponse();
            response.setUrn(urnOf(request));
            response.setObject(request.getObject());
            const respond = () => callback(null, response);
            if (held !== undefined && hold.objects.test(request.getType())) {
                held.push(respond);
            } else {
                respond();
            }
        },
        registerResourceOutputs: answer((request) => {
            if (request.getUrn() === root) {
                outputs = request.getOutputs().toJavaScript();
            }
            if (held !== undefined && hold.until.test(request.getUrn())) {
                held.forEach((respond) => respond());
                held = undefined;
            }
            return new Empty();
        }),
        registerPackage: answer(() => new resource.RegisterPackageResponse()),
        signalAndWaitForShutdown: answer(() => new Empty()),
    });
    const port = await new Promise((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error ? reject(error) : resolve(bound),
        ),
    );
    return {
        address: `127.0.0.1:${port}`,
        logs,
        resources,
        outputs: () => outputs,
        stop: () => server.forceShutdown(),
    };
}
