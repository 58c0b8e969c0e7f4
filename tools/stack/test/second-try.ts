// On shared machines a test may meet a moment that has nothing to do with it. In CI a failed one is tried once more, and
// its first failure is shown; one that fails twice has failed.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
