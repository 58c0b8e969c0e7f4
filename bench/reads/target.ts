import { type Answer, bytesOf, Connection } from '../measure/connection';
import { cpuOf, type Scheduled, scheduledOf } from '../../tools/stack/cpu';
import type { Case } from './cases';

/** Whom a case is measured at. */
export interface Target {
  readonly name: string;
  readonly port: number;
  /** Parts whose CPU time counts, by name. */
  readonly processes: () => Readonly<Record<string, readonly number[]>>;
}

/** One answer to a case. */
export async function answerOf(target: Target, { asking }: Case): Promise<Answer> {
  const connection = await Connection.open(target.port);
  try {
    return await connection.ask(bytesOf(asking));
  } finally {
    connection.close();
  }
}

/** Milliseconds of CPU that each part of a target has used so far. */
export const cpuBy = (target: Target): Record<string, number> =>
  Object.fromEntries(Object.entries(target.processes()).map(([part, pids]) => [part, cpuOf(pids)]));

/** How the processes of a target were scheduled so far. */
export const scheduledBy = (target: Target): Scheduled => scheduledOf(Object.values(target.processes()).flat());
