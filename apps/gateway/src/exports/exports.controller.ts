import { Controller } from '@nestjs/common';
import {
  type Caller,
  ExportJob,
  type ExportRef,
  feedbackExports,
  Nothing,
  orderExports,
  personalDataExports,
  powerCenterExports,
  type StartExport,
} from '@open-cpo/contracts';
import { STORED_FILE } from '../http/answers/success';
import { From, RequestContext, Input, Route } from '../http/route';
import { Exports } from './exports';

/** Answers with the file itself, or with where it will be. */
const file = {
  envelope: STORED_FILE,
  shows: ExportJob,
  also: { status: 202, of: ExportJob, when: 'Asked for by `Prefer: respond-async`, or not ready within the wait.' },
  refusals: [429],
} as const;

@Controller('api')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Route('GET', 'feedback/export', {
    ...file,
    title: 'Export feedback as Excel file',
    description:
      'Answers the feedback of the account as a file. When it takes too long, the answer is 202 with an export to ask for.',
    calls: feedbackExports.start,
    can: 'feedback.export',
  })
  feedback(@Input() input: StartExport, @From() caller: Caller, @RequestContext() context: RequestContext) {
    return this.exports.start('feedback', input, caller, context);
  }

  @Route('GET', 'orders/export', {
    ...file,
    title: 'Export orders as Excel file',
    description:
      'Answers the orders of the account as a file. When it takes too long, the answer is 202 with an export to ask for.',
    calls: orderExports.start,
    can: 'orders.export',
  })
  orders(@Input() input: StartExport, @From() caller: Caller, @RequestContext() context: RequestContext) {
    return this.exports.start('orders', input, caller, context);
  }

  @Route('GET', 'charge-points/export', {
    ...file,
    title: 'Export power centers as Excel file',
    description:
      'Answers the power centers of the account as a file. When it takes too long, the answer is 202 with an export to ask for.',
    calls: powerCenterExports.start,
    can: 'power-centers.export',
  })
  powerCenters(@Input() input: StartExport, @From() caller: Caller, @RequestContext() context: RequestContext) {
    return this.exports.start('power-centers', input, caller, context);
  }

  /** What is held of the caller, as JSON. */
  @Route('POST', 'user/export', {
    ...file,
    title: 'Export the own personal data',
    description:
      'Creates an export of what is stored about the caller. When it takes too long, the answer is 202 with an export to ask for.',
    calls: personalDataExports.start,
    asks: Nothing,
    can: 'token',
    files: ['json'],
  })
  personalData(@Input() input: Nothing, @From() caller: Caller, @RequestContext() context: RequestContext) {
    return this.exports.start('personal-data', input, caller, context);
  }

  /** For everybody who asked for it. */
  @Route('GET', 'exports/:exportId', {
    title: 'Get an export',
    description: 'Answers the state and progress of an export, and the address of its file when it is finished.',
    calls: powerCenterExports.one,
    can: 'token',
    shows: ExportJob,
    refusals: [403, 404],
  })
  one(@Input() { exportId }: ExportRef, @From() caller: Caller) {
    return this.exports.one(exportId, caller);
  }

  @Route('DELETE', 'exports/:exportId', {
    title: 'Cancel an export',
    description: 'Cancels an export that is not finished; its file is removed.',
    calls: powerCenterExports.cancel,
    can: 'token',
    refusals: [403, 404],
  })
  cancel(@Input() { exportId }: ExportRef, @From() caller: Caller) {
    return this.exports.cancel(exportId, caller);
  }

  @Route('GET', 'exports/:exportId/file', {
    title: "Get an export's file",
    description: 'Answers the file of a finished export. `Range` is supported, so that a download can be continued.',
    calls: powerCenterExports.one,
    can: 'token',
    envelope: STORED_FILE,
    files: ['xlsx', 'csv', 'json'],
    shows: ExportJob,
    refusals: [403, 404],
  })
  file(@Input() { exportId }: ExportRef, @From() caller: Caller) {
    return this.exports.file(exportId, caller);
  }
}
