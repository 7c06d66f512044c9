module keep-on-pulumi/test/cluster/cloudnative-pg

go 1.26.0

// Nothing of it is compiled: only the CRDs in its config/crd/bases are read (so never "go mod tidy" this file).
require github.com/cloudnative-pg/cloudnative-pg v1.28.0
