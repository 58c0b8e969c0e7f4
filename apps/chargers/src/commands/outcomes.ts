import type { Metrics } from '@open-cpo/platform';

/** Counts what becomes of commands. */
export const outcomesOf = (metrics: Metrics) =>
  metrics.counter('open_cpo_charger_commands_total', 'Commands to chargers by outcome.', ['type', 'outcome']);
