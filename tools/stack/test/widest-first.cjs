// The order of test files: journeys first, then tests with servers, then the many short ones, which fill what is left of
// the time. Within each Jest's own order: the longest of the last run first, without a last run the largest.
const { default: Sequencer } = require('@jest/test-sequencer');

const KINDS = [/\.e2e-spec\.ts$/, /\.it\.spec\.ts$/, /./];
const kindOf = ({ path }) => KINDS.findIndex((kind) => kind.test(path));

module.exports = class WidestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => kindOf(a) - kindOf(b));
  }
};
