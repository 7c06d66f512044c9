// A program as `pulumi new kubernetes-typescript` begins it, in one file, with 20 resources.
import * as kubernetes from "@pulumi/kubernetes";

for (let index = 0; index < 20; index++) {
    new kubernetes.core.v1.ConfigMap(`config-${index}`, { data: { key: String(index) } });
}
