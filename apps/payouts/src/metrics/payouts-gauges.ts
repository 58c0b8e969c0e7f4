import { Injectable } from '@nestjs/common';
import { QueryGauges } from '@open-cpo/persistence';

const PENDING = `
  select count(*) as open_cpo_payouts_pending,
    coalesce(extract(epoch from now() - min(created_at)), 0) as open_cpo_payouts_oldest_seconds
  from payouts where status = 'pending'`;

/** What payouts shows of its business. */
@Injectable()
export class PayoutsGauges {
  constructor(gauges: QueryGauges) {
    gauges.add({
      gauges: {
        open_cpo_payouts_pending: 'Payouts that are asked for and neither paid nor failed.',
        open_cpo_payouts_oldest_seconds: 'Age of the oldest of them.',
      },
      query: PENDING,
    });
  }
}
