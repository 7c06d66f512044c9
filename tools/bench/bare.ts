// Registers the given number of minimal resources, of the kinds that prod has, with Pulumi's mocks.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

type Make = (name: string) => pulumi.Resource;

const metadata = { name: "bare" };

const MAKERS: readonly Make[] = [
    (name) => new pulumi.ComponentResource("bench:index:Bare", name),
    (name) => new random.RandomPassword(name, { length: 32 }),
    (name) => new kubernetes.core.v1.Secret(name, { metadata, stringData: { key: "value" } }),
    (name) => new kubernetes.core.v1.Service(name, { metadata }),
    (name) => new kubernetes.apps.v1.Deployment(name, { metadata, spec: { selector: {}, template: {} } }),
    (name) =>
        new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(name, {
            metadata,
            spec: { maxReplicas: 1, scaleTargetRef: { kind: "", name: "" } },
        }),
    (name) => new kubernetes.policy.v1.PodDisruptionBudget(name, { metadata }),
    (name) => new kubernetes.rbac.v1.RoleBinding(name, { metadata, roleRef: { apiGroup: "", kind: "", name: "" } }),
    (name) => new kubernetes.batch.v1.Job(name, { metadata, spec: { template: {} } }),
    (name) => new kubernetes.networking.v1.Ingress(name, { metadata, spec: {} }),
];

async function main(count: number): Promise<void> {
    await pulumi.runtime.setMocks({
        call: ({ inputs }: pulumi.runtime.MockCallArgs) => inputs as Record<string, unknown>,
        newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
    });
    for (let index = 0; index < count; index++) {
        MAKERS[index % MAKERS.length]?.(`bare-${index}`);
    }
    await pulumi.runtime.disconnect();
}

void main(Number(process.argv[3]));
