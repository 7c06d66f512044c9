// What a test starts is not counted: other compilers make other JavaScript of the same files, and the lines would not agree.
// The loader comes first: it, too, asks for this variable, and makes source maps only where it finds it.
require("tsx/cjs");
process.setSourceMapsEnabled(true);
delete process.env.NODE_V8_COVERAGE;
