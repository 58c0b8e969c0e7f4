import { Controller } from '@nestjs/common';
import { currencies, type HandlersOf, type RateTable } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Currencies } from './currencies.repository';

/** The rate table for services that have not received it yet. */
@Controller()
export class CurrenciesHandler implements HandlersOf<typeof currencies> {
  constructor(private readonly repository: Currencies) {}

  @Handles(currencies.rates)
  rates(): Promise<RateTable> {
    return this.repository.table();
  }
}
