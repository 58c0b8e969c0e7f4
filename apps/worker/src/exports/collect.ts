import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Rows after which what they left behind is collected. */
const OFTEN = 50_000;

/**
 * Collects garbage every so many rows of a long export. V8 would let it pile up with the length of the export, as long
 * as the machine has memory: a hundred megabytes for a million rows, of which two are in use.
 */
export class Collecting {
  private since = 0;

  count(rows: number): void {
    this.since += rows;
    if (this.since < OFTEN) return;
    this.since = 0;
    gc();
  }
}
