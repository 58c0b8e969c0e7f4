import { destination } from 'pino';
import { environment } from '../config/environment';
import { prettyLine } from './pretty-line';

/** Where lines go. */
export interface LineSink {
  write(line: string): void;
}

/** Standard output, written at once: the last words of a process that ends must not be lost in a buffer. */
export function standardOutput(format: string): LineSink {
  const out = destination({ dest: 1, sync: true });
  if (format !== 'pretty') return out;
  // Of several services in one process each line names its own.
  const named = environment().SHARED_PROCESS !== undefined;
  return { write: (line) => void out.write(prettyLine(line, named)) };
}
