// Coverage counts the branches of what runs, so its JavaScript must have none that the source has not: TypeScript's own
// compiler leaves the functions that imports need to tslib, which makes them global; tsx writes them into every file.
require("tslib");
require("ts-node").register({
    transpileOnly: true,
    compilerOptions: { module: "commonjs", moduleResolution: "node10", noEmitHelpers: true, ignoreDeprecations: "6.0" },
});
process.setSourceMapsEnabled(true);
// What a test starts is not counted: it would make other JavaScript of the same files.
delete process.env.NODE_V8_COVERAGE;
