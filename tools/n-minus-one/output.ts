/** One line of a process that says that something went wrong. */
export interface Trouble {
  readonly process: string;
  readonly text: string;
}

interface Line {
  readonly level?: string;
  readonly msg?: string;
}

/** Levels of which there is to be no line while two versions work together. */
const BAD = ['error', 'fatal'];
/** What a process of its own writes past its log. */
const CRASH = /Unhandled|UnhandledPromiseRejection|^\S*Error: |\bNaN\b|ended \((?!code 0\))/;

/** Reads what the processes write and keeps what says that two versions do not understand each other. */
export class Output {
  private readonly troubles: Trouble[] = [];

  take(process: string, text: string): void {
    for (const line of text.split('\n')) {
      if (isTrouble(line)) this.troubles.push({ process, text: line.trim().slice(0, 600) });
    }
  }

  /** Whether anything came since the last call of `drain`. */
  get troubled(): boolean {
    return this.troubles.length > 0;
  }

  /** What came since the last call. */
  drain(): Trouble[] {
    return this.troubles.splice(0);
  }
}

/** A log line of level error, or one of a process that ends. */
export function isTrouble(line: string): boolean {
  const begin = line.indexOf('{');
  if (begin < 0) return CRASH.test(line);
  try {
    const { level = '', msg = '' } = JSON.parse(line.slice(begin)) as Line;
    return BAD.includes(level) || /\bNaN\b/.test(msg);
  } catch {
    return CRASH.test(line);
  }
}
