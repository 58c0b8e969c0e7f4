import { SearchedTables, type SearchRule } from '@open-cpo/persistence';

/** Feedback, and orders by their power centers, are searched by folded texts. */
export class SearchText1795971290150 extends SearchedTables {
  readonly tables: Readonly<Record<string, SearchRule>> = {
    charge_points: {
      columns: ['identifier'],
      replaces: {
        charge_points_identifier_prefix: 'on charge_points (account_id, lower(identifier) text_pattern_ops)',
        charge_points_identifier: 'on charge_points using gin (lower(identifier) gin_trgm_ops)',
      },
    },
    feedback: {
      columns: ['message'],
      replaces: { feedback_search: 'on feedback using gin (lower(message) gin_trgm_ops)' },
    },
  };
}
