import { ended, isRunning, signal, type ProcessMark } from '../processes';
import { say } from '../terminal';

/** Ends what a stack left running when it was killed: its data folder can have one user only. */
export async function endLeftovers(marks: readonly ProcessMark[]): Promise<void> {
  const left = marks.filter(isRunning);
  if (left.length === 0) {
    return;
  }
  say(`Ending ${left.length} processes that an earlier start left behind.`);
  // For PostgreSQL this is the fast shutdown; for the others an ordinary end.
  left.forEach((mark) => signal(mark, 'SIGCONT'));
  left.forEach((mark) => signal(mark, 'SIGINT'));
  const deaf = await ended(left, 10_000);
  deaf.forEach((mark) => signal(mark, 'SIGKILL'));
  await ended(deaf, 5_000);
}
