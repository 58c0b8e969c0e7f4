import { SearchedTables, type SearchRule } from '@open-cpo/persistence';

const LIVE = 'where deleted_at is null';
const NAME = `(first_name || ' ' || last_name)`;

/** Workers are searched by folded texts: their whole name, address and card. */
export class SearchText1795971290149 extends SearchedTables {
  readonly tables: Readonly<Record<string, SearchRule>> = {
    workers: {
      columns: ['first_name', 'last_name', 'email', 'rfid'],
      texts: [`new.first_name || ' ' || new.last_name`, 'new.email', 'new.rfid'],
      where: LIVE,
      replaces: {
        workers_name_prefix: `on workers (account_id, lower(${NAME}) text_pattern_ops) ${LIVE}`,
        workers_last_name_prefix: `on workers (account_id, lower(last_name) text_pattern_ops) ${LIVE}`,
        workers_email_prefix: `on workers (account_id, lower(email) text_pattern_ops) ${LIVE}`,
        workers_rfid_prefix: `on workers (account_id, lower(rfid) text_pattern_ops) ${LIVE}`,
        workers_search: `on workers using gin (lower(${NAME}) gin_trgm_ops, lower(last_name) gin_trgm_ops,
          lower(email) gin_trgm_ops, lower(rfid) gin_trgm_ops) ${LIVE}`,
      },
    },
  };
}
