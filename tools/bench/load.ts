// Only loads the SDKs: the minimum that every Pulumi program needs.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

// The Kubernetes SDK loads an API group on first use.
const loaded = [pulumi.Config, random.RandomPassword, kubernetes.apps.v1.Deployment, kubernetes.core.v1.Service];
process.exitCode = loaded.length === 4 ? 0 : 1;
