/** One start of the platform. */
export interface Started {
  readonly name: string;
  /** Until the gateway was ready, what comes before the servers included. */
  readonly seconds: number;
  /** Of all processes until then; beside other load it says more than the clock. */
  readonly cpuSeconds: number;
  /** Megabytes of each process without any request; empty where they were not asked for. */
  readonly memory: Readonly<Record<string, number>>;
}

const FIRST_SECONDS = 30;
const SECOND_SECONDS = 6;
const IDLE_MB = 450;

const judged = (value: number, most: number, digits: number): string =>
  `${value.toFixed(digits)} ${value <= most ? '✓' : '✗'}`;

/** The starts as a table, with their goals. */
export function startReport(started: readonly Started[]): string {
  const rows = started.map(({ name, seconds, cpuSeconds, memory }, index) => {
    const parts = Object.entries(memory);
    const total = parts.reduce((sum, [, megabytes]) => sum + megabytes, 0);
    const time = judged(seconds, index === 0 ? FIRST_SECONDS : SECOND_SECONDS, 1);
    const idle = parts.length === 0 ? '–' : judged(total, IDLE_MB, 0);
    const which = parts.map(([app, megabytes]) => `${app} ${megabytes.toFixed(0)}`).join(', ') || '–';
    return `| ${name} | ${time} | ${cpuSeconds.toFixed(1)} | ${idle} | ${which} |`;
  });
  return [
    `| Start | Seconds (first ≤ ${FIRST_SECONDS}, second ≤ ${SECOND_SECONDS}) | of CPU | MB idle (≤ ${IDLE_MB}) | of which |`,
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
