import { ApiProperty } from '@nestjs/swagger';
import { operations, read, write } from '../core/operation';
import { Id, Int } from '../fields';
import { ChargerRef } from './chargers';

export const LIMIT_STATES = ['waiting', 'sending', 'applied', 'failing', 'unsupported'] as const;
/** `waiting`: not sent yet, also while the charger is away. `failing`: the charger did not take it, and it is tried again. */
export type LimitState = (typeof LIMIT_STATES)[number];

const optional = { nullable: true, type: Number } as const;
export const MAX_AMPERES = 10_000;
const LEAST = 6;

/** The current of a connector, or of the charger with all of its connectors, in amperes of each phase. */
export class CurrentLimit {
  /** 0 is the charger with all of its connectors. */
  @ApiProperty({ example: 1 }) connector: number;
  /** Null: none of its own, but a share of the limit of its site. */
  @ApiProperty({ ...optional, example: 16 }) amperes: number | null;
  /** What it should be now: the smaller of its own and its share. Null: the limit is being taken away. */
  @ApiProperty({ ...optional, example: 16 }) target: number | null;
  /** What the charger has accepted. */
  @ApiProperty({ ...optional, example: 16 }) applied: number | null;
  @ApiProperty({ example: 'applied', enum: LIMIT_STATES }) state: LimitState;
  @ApiProperty({ nullable: true, type: String, example: null }) error: string | null;
}

export class ChargerLimits {
  @ApiProperty({ type: [CurrentLimit] }) limits: CurrentLimit[];
  /** The site whose limit it shares. */
  @ApiProperty({ ...optional, example: 164 }) site_id: number | null;
  @ApiProperty({ ...optional, example: 96 }) site_amperes: number | null;
}

export class SetChargerLimit extends ChargerRef {
  @Int({
    min: 0,
    max: 10_000,
    presence: 'required',
    example: 1,
    description: '0: the charger with all of its connectors.',
  })
  connector: number;
  @Int({ min: LEAST, max: MAX_AMPERES, example: 16, description: 'Amperes of each phase; null takes the limit away.' })
  amperes?: number | null;
}

export class LimitedSite {
  @Id() id: number;
}

export class SetSiteLimit extends LimitedSite {
  @Int({ min: LEAST, max: MAX_AMPERES, example: 96, description: 'Amperes of each phase; null takes the limit away.' })
  amperes?: number | null;
}

export class SharedLimit {
  @ApiProperty({ example: 7 }) charger_id: number;
  /** What it may take now. */
  @ApiProperty({ ...optional, example: 48 }) target: number | null;
  @ApiProperty({ ...optional, example: 48 }) applied: number | null;
  @ApiProperty({ example: 'applied', enum: LIMIT_STATES }) state: LimitState;
}

export class SiteLimit {
  /** Null: there is none. */
  @ApiProperty({ ...optional, example: 96 }) amperes: number | null;
  /** The chargers of the site that share it. */
  @ApiProperty({ type: [SharedLimit] }) chargers: SharedLimit[];
}

export const chargerLimits = operations('chargers.limits', {
  /** By connector. */
  one: read(ChargerRef, ChargerLimits),
  change: write(SetChargerLimit, ChargerLimits, { audit: 'chargers.control' }),
  site: read(LimitedSite, SiteLimit),
  changeSite: write(SetSiteLimit, SiteLimit, { audit: 'chargers.control' }),
});
