import { pause } from '../../stack/processes';
import { StackError } from '../../stack/terminal';

/** Waits until the question is answered with yes. @throws StackError with what is to be seen when it never is */
export async function until(what: string, asked: () => Promise<boolean>, seen: () => Promise<string>): Promise<void> {
  // A loaded machine is slow; one that gets nowhere must not keep its caller for ever.
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await asked()) return;
    await pause(300);
  }
  throw new StackError(`${what} never came to be:\n${await seen()}`);
}
