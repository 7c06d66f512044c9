const { availableParallelism } = require("node:os");

// Mocha would add files that are named on the command line to those named here, and run all of them.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith(".test.ts"));

// Suites that want more than Node have settings of their own.
module.exports = {
    require: ["tsx/cjs"],
    spec: namesFiles ? [] : ["test/**/*.test.ts"],
    ignore: [
        "test/cluster/**",
        "test/real/**",
        "test/edge/**",
        "test/e2e/**",
        "test/local/**",
        "test/pods/**",
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
