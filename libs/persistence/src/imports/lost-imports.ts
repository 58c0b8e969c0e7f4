import { Injectable } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { LostJobs } from '../exports/lost-exports';
import { ImportRequests } from './import-requests';

@Injectable()
export class LostImports extends LostJobs {
  constructor(requests: ImportRequests, log: Log) {
    super(requests, log, 'Imports');
  }
}
