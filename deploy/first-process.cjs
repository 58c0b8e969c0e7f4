// Loaded before anything else in a container. Signals have no default effect on the first process of a container: until
// the app has told what it does on them (and in one-shots, which never do), ending is up to us. Apps start no processes
// of their own, so that there is nothing to reap.
for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(128 + number);
  });
}
