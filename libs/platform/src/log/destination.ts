import { destination } from 'pino';
import { prettyLine } from './pretty-line';

/** Where lines go. */
export interface LineSink {
  write(line: string): void;
}

/** Standard output, written at once: the last words of a process that ends must not be lost in a buffer. */
export function standardOutput(format: string): LineSink {
  const out = destination({ dest: 1, sync: true });
  return format === 'pretty' ? { write: (line) => void out.write(prettyLine(line)) } : out;
}
