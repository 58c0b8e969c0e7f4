import { Controller } from '@nestjs/common';
import {
  type Batched,
  type ChargePointChanged,
  type HandlersOf,
  type NextCards,
  stationsInternal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { StationsConfig } from '../config';
import { newsOf } from './charge-point.news';
import { ChargePointsRepository } from './charge-points.repository';

/** For other services, without a user. */
@Controller()
export class CardsHandler implements HandlersOf<typeof stationsInternal> {
  constructor(
    private readonly repository: ChargePointsRepository,
    private readonly config: StationsConfig,
  ) {}

  @Handles(stationsInternal.cards)
  cards({ after, most }: NextCards): Batched<ChargePointChanged> {
    return this.repository.next(after ?? 0, most).map((row) => newsOf(row, this.config));
  }
}
