import { Injectable } from '@nestjs/common';
import { FileStore } from '@open-cpo/files';
import { Log, Periodic } from '@open-cpo/platform';

const HOURLY = 3_600_000;

/** Has the store remove files that are past their age, where it does not do so by itself. */
@Injectable()
export class OldFiles extends Periodic {
  constructor(
    private readonly files: FileStore,
    log: Log,
  ) {
    super(HOURLY, log);
  }

  run(): Promise<void> {
    return this.files.tidy();
  }
}
