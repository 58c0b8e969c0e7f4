import { Controller } from '@nestjs/common';
import { AuditTrail, authAudit, type Caller, ListAudit } from '@open-cpo/contracts';
import { From, Input, Route } from '../http/route';
import { AuditTrails } from './audit-trails';

@Controller('api/audit')
export class AuditController {
  constructor(private readonly trails: AuditTrails) {}

  /** Calls the operation of that name of every service with a database. */
  @Route('GET', '', {
    title: 'List the audit trail',
    description:
      'Lists who changed what in the account, with the values before and after, newest first, page by page with `cursor`.',
    calls: authAudit.slice,
    asks: ListAudit,
    shows: AuditTrail,
    // Bank details are in it.
    noStore: true,
    can: 'audit.view',
    refusals: [422],
  })
  page(@Input() input: object, @From() caller: Caller) {
    return this.trails.page(input, caller);
  }
}
