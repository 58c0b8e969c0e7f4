import { Controller } from '@nestjs/common';
import { type HandlersOf, powerCenterCatalogue, type PowerCenterCatalogue } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { StationsConfig } from '../config';

const ALL = `
  select
    (select json_agg(json_build_object('id', id, 'name', name, 'icon', $1 || icon, 'max_power', max_power) order by id)
      from connector_types) as connectors,
    (select json_agg(json_build_object('id', id, 'name', name, 'img', $1 || img, 'current_type', current_type,
      'max_power', max_power::text) order by id) from charger_types) as charger_types,
    (select json_agg(json_build_object('id', id, 'name', name, 'icon', $1 || icon, 'description', description) order by id)
      from amenities) as amenities`;

/** What power centers are described with. It changes by migrations only, and those come before the processes that need them. */
@Controller()
export class CatalogueHandler implements HandlersOf<typeof powerCenterCatalogue> {
  private loaded?: Promise<PowerCenterCatalogue>;

  constructor(
    private readonly transactions: Transactions,
    private readonly config: StationsConfig,
  ) {}

  @Handles(powerCenterCatalogue.all)
  all(): Promise<PowerCenterCatalogue> {
    this.loaded ??= this.load().catch((error: unknown) => {
      this.loaded = undefined;
      throw error;
    });
    return this.loaded;
  }

  private async load(): Promise<PowerCenterCatalogue> {
    const found = await this.transactions.first<PowerCenterCatalogue>(
      ALL,
      [`${this.config.storage}/`],
      'catalogue.all',
    );
    return found ?? { connectors: [], charger_types: [], amenities: [] };
  }
}
