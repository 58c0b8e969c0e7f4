/** A newer socket of the charger has taken over: what comes over this one is not taken. */
export class StaleSocket extends Error {
  override readonly name = 'StaleSocket';
}
