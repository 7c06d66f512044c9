module keep-on-pulumi/test/cluster/gateway-api

go 1.26.0

// Nothing of it is compiled: only the CRDs in its config/crd/standard are read (so never "go mod tidy" this file).
require sigs.k8s.io/gateway-api v1.6.3
