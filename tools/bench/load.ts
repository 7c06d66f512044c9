// A program that only loads the SDKs: the floor below which no Pulumi program gets.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

// The Kubernetes SDK loads a group when it is first asked for it.
const loaded = [pulumi.Config, random.RandomPassword, kubernetes.apps.v1.Deployment, kubernetes.core.v1.Service];
process.exitCode = loaded.length === 4 ? 0 : 1;
