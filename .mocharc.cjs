const { existsSync } = require("node:fs");
const { availableParallelism } = require("node:os");

// Mocha would add files and folders that are named on the command line to those named here, and run all of them.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith(".test.ts") || existsSync(argument));

// Suites that want more than Node have settings of their own.
module.exports = {
    require: ["tsx/cjs"],
    spec: namesFiles ? [] : ["test/**/*.test.ts"],
    // What of a folder is a test.
    extension: [".test.ts"],
    recursive: true,
    ignore: [
        "test/cluster/**",
        "test/real/**",
        "test/edge/**",
        "test/e2e/**",
        "test/local/**",
        "test/pods/**",
        "test/examples/**",
        "test/exercise/**",
        "test/release/**",
    ],
    parallel: true,
    // Mocha would leave one core idle, which on two is half of the machine.
    jobs: availableParallelism(),
    timeout: 60000,
    forbidOnly: true,
    forbidPending: true,
};
