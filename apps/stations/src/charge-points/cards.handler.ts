import { Controller } from '@nestjs/common';
import { type ChargePointChanged, type HandlersOf, type NextCards, stationsInternal } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { StationsConfig } from '../config';
import { newsOf } from './charge-point.news';
import { ChargePointsRepository } from './charge-points.repository';

/** For other services, on nobody's behalf. */
@Controller()
export class CardsHandler implements HandlersOf<typeof stationsInternal> {
  constructor(
    private readonly repository: ChargePointsRepository,
    private readonly config: StationsConfig,
  ) {}

  @Handles(stationsInternal.cards)
  async *cards({ after, most }: NextCards): AsyncGenerator<ChargePointChanged> {
    for await (const row of this.repository.next(after ?? 0, most)) yield newsOf(row, this.config);
  }
}
