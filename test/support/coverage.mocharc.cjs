const mocha = require("../../.mocharc.cjs");

// In one process, whose counts are whole, and by the compiler of coverage.cjs.
module.exports = { ...mocha, parallel: false, require: ["./test/support/coverage.cjs"] };
