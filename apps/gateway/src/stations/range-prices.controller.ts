import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeRangePrice,
  type CreateRangePrice,
  type RangePriceRef,
  rangePrices,
  type RangePricesOf,
  type ReplaceRangePrice,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

const OF_POWER_CENTER = 'charge-points/:charge_point_id/charge-point-prices';
const ONE = 'charge-point-prices/:id';
const update = {
  title: 'Update an existing range price.',
  description: 'Changes price and hours of a range price. Hours that overlap those of another one are refused.',
  can: 'prices.update',
} as const;

/** Reached by the power center for all and for a new one, by themselves for the rest. */
@Controller('api')
export class RangePricesController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', OF_POWER_CENTER, {
    title: 'Get a list of range prices for a given power center.',
    description: "Lists the prices of a power center that apply in certain hours of the day, in the caller's currency.",
    calls: rangePrices.all,
    can: 'prices.view',
    cached: [],
  })
  all(@Input() input: RangePricesOf, @From() caller: Caller) {
    return this.bus.bytes(rangePrices.all, input, caller);
  }

  @Route('POST', OF_POWER_CENTER, {
    title: 'Store a new range price for a power center.',
    description:
      "Adds a price for certain hours of the day, in the power center's time zone. Hours that overlap those of another one are refused.",
    calls: rangePrices.create,
    can: 'prices.create',
  })
  create(@Input() input: CreateRangePrice, @From() caller: Caller) {
    return this.bus.bytes(rangePrices.create, input, caller);
  }

  @Route('GET', ONE, {
    title: 'Retrieve a specific range price.',
    description: "Answers a price that applies in certain hours of the day, in the caller's currency.",
    calls: rangePrices.one,
    can: 'prices.view',
    cached: [],
  })
  one(@Input() input: RangePriceRef, @From() caller: Caller) {
    return this.bus.bytes(rangePrices.one, input, caller);
  }

  @Route('PUT', ONE, { ...update, calls: rangePrices.replace })
  replace(@Input() input: ReplaceRangePrice, @From() caller: Caller) {
    return this.bus.bytes(rangePrices.replace, input, caller);
  }

  @Route('PATCH', ONE, { ...update, calls: rangePrices.change })
  change(@Input() input: ChangeRangePrice, @From() caller: Caller) {
    return this.bus.bytes(rangePrices.change, input, caller);
  }

  @Route('DELETE', ONE, {
    title: 'Delete a range price.',
    description: 'Deletes a range price. The base price applies in its hours from then on.',
    calls: rangePrices.remove,
    can: 'prices.delete',
  })
  remove(@Input() input: RangePriceRef, @From() caller: Caller) {
    return this.bus.bytes(rangePrices.remove, input, caller);
  }
}
