import { Injectable } from '@nestjs/common';
import { QueryGauges } from '../metrics/query-gauges';

const UNFINISHED = `
  select kind, status, count(*) as open_cpo_exports,
    coalesce(extract(epoch from now() - min(created_at)), 0) as open_cpo_exports_oldest_seconds
  from export_requests where status in ('waiting', 'running') group by kind, status`;

/** Shows the exports that are under way. */
@Injectable()
export class ExportGauges {
  constructor(gauges: QueryGauges) {
    gauges.add({
      gauges: {
        open_cpo_exports: 'Exports that are asked for and not finished.',
        open_cpo_exports_oldest_seconds: 'Age of the oldest of them.',
      },
      labels: ['kind', 'status'],
      query: UNFINISHED,
    });
  }
}
