/** Resolves at the first Ctrl-C or SIGTERM; later ones are ignored, because the stopping is under way and bounded. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => resolve(name));
    }
  });
}
