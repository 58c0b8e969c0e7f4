import { SearchedTables, type SearchRule } from '@open-cpo/persistence';

const LIVE = 'where deleted_at is null';

/** Lists are searched by folded texts, and their parts alike wherever they stand. */
export class SearchText1795971290148 extends SearchedTables {
  readonly tables: Readonly<Record<string, SearchRule>> = {
    charge_points: {
      columns: ['title', 'identifier'],
      where: LIVE,
      replaces: {
        charge_points_title_prefix: `on charge_points (account_id, lower(title) text_pattern_ops) ${LIVE}`,
        charge_points_identifier_prefix: `on charge_points (account_id, lower(identifier) text_pattern_ops) ${LIVE}`,
        charge_points_search: `on charge_points
          using gin (lower(title) gin_trgm_ops, lower(identifier) gin_trgm_ops) ${LIVE}`,
      },
    },
    charging_sites: {
      columns: ['name', 'integration_code'],
      replaces: {
        charging_sites_name_prefix: 'on charging_sites (account_id, lower(name) text_pattern_ops)',
        charging_sites_code_prefix: 'on charging_sites (account_id, lower(integration_code) text_pattern_ops)',
        charging_sites_search: `on charging_sites
          using gin (lower(name) gin_trgm_ops, lower(integration_code) gin_trgm_ops)`,
      },
    },
    charge_point_groups: {
      columns: ['name', 'company_name', 'license_code'],
      replaces: {
        charge_point_groups_name_prefix: 'on charge_point_groups (account_id, lower(name) text_pattern_ops)',
        charge_point_groups_company_prefix: 'on charge_point_groups (account_id, lower(company_name) text_pattern_ops)',
        charge_point_groups_license_prefix: 'on charge_point_groups (account_id, lower(license_code) text_pattern_ops)',
        charge_point_groups_search: `on charge_point_groups
          using gin (lower(name) gin_trgm_ops, lower(company_name) gin_trgm_ops, lower(license_code) gin_trgm_ops)`,
      },
    },
    categories: {
      columns: ['name'],
      replaces: {
        categories_prefix: 'on categories (account_id, lower(name) text_pattern_ops)',
        categories_search: 'on categories using gin (lower(name) gin_trgm_ops)',
      },
    },
  };
}
