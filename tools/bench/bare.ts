// A program that registers as many bare resources as it is told to, with Pulumi's own mocks and nothing else.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

async function main(count: number): Promise<void> {
    await pulumi.runtime.setMocks({
        call: ({ inputs }: pulumi.runtime.MockCallArgs) => inputs as Record<string, unknown>,
        newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
    });
    for (let index = 0; index < count; index++) {
        const name = `bare-${index}`;
        new kubernetes.core.v1.ConfigMap(name, { metadata: { name }, data: { key: "value" } });
    }
    await pulumi.runtime.disconnect();
}

void main(Number(process.argv[3]));
