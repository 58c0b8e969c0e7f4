/** What a process has used so far. */
export interface Cost {
  readonly app: string;
  /** Seconds of a core. */
  readonly cpu: number;
  /** Resident bytes. */
  readonly memory: number;
  /** Connections that its pools may hold. */
  readonly connections: number;
}

/** Asks processes (name and address of their metrics) what they have used. */
export const costsOf = (processes: readonly (readonly [string, string])[]): Promise<Cost[]> =>
  Promise.all(processes.map(async ([app, url]) => costIn(app, await (await fetch(url)).text())));

/** The most memory that each process had in any of these looks, by its name. */
export function peaksOf(looks: readonly (readonly Cost[])[]): Map<string, number> {
  const peaks = new Map<string, number>();
  for (const { app, memory } of looks.flat()) peaks.set(app, Math.max(memory, peaks.get(app) ?? 0));
  return peaks;
}

/** The cost that a page of metrics tells of. */
export function costIn(app: string, text: string): Cost {
  const sum = (metric: string): number =>
    [...text.matchAll(new RegExp(`^${metric}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
      (all, [, value]) => all + Number(value),
      0,
    );
  const cpu = sum('process_cpu_seconds_total');
  return {
    app,
    cpu,
    memory: sum('process_resident_memory_bytes'),
    connections: sum('open_cpo_database_connections_max'),
  };
}
