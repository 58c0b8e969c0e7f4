import { Bool, Day, Id, Nested, Numeric, Ref, RefList, Text } from '../fields';
import type { FieldOptions } from '../fields/field';

/** What every new address needs; in a change, what is absent stays. */
export class SiteAddressInput {
  @Ref({ presence: 'filled', example: 195 }) country_id?: number;
  @Text({ presence: 'filled', example: 'Algiers' }) state?: string;
  @Text({ presence: 'filled', example: 'Algiers' }) city?: string;
  @Text({ max: 10, example: '16049' }) zipcode?: string | null;
  @Text({ presence: 'filled', example: '1 Rue Didouche Mourad' }) address_line_1?: string;
  @Text({ example: 'Second yard' }) address_line_2?: string | null;
  @Text() address_line_3?: string | null;
  // No check of the range: the reference's own examples would fail it (L3897).
  @Numeric({ presence: 'filled', example: 36.7538 }) latitude?: number;
  @Numeric({ presence: 'filled', example: 3.0588 }) longitude?: number;
}

/** Of an address, the parts that are never empty. */
export const NEEDED_OF_ADDRESS = [
  'country_id',
  'state',
  'city',
  'address_line_1',
  'latitude',
  'longitude',
] as const satisfies readonly (keyof SiteAddressInput)[];

const Name = (presence: FieldOptions['presence']) => Text({ presence, min: 2, example: 'Site 11' });
const CHARGE_POINTS = 'Ids of power centers: exactly these are in the site, and leave the one that they were in.';

class SiteInput {
  @Ref({ example: 58, description: 'A category of the type charging-site.' }) category?: number | null;
  @Bool({ presence: 'filled', example: true, description: 'On unless said otherwise.' }) status?: boolean;
  @Day({ example: '2025-05-12', description: 'First day of its activity.' }) startDate?: string | null;
  @Day({ example: '2026-05-12', description: 'Last day, not before the first.' }) endDate?: string | null;
  @Text({ example: 'CS-11' }) integrationCode?: string | null;
  @RefList({ example: [20, 21], description: CHARGE_POINTS }) chargePoints?: number[] | null;
  @Nested(() => SiteAddressInput) address?: SiteAddressInput | null;
}

export class CreateSite extends SiteInput {
  @Name('required') name: string;
}

/** PUT: the name is required; what else is absent stays. */
export class ReplaceSite extends SiteInput {
  @Id() id: number;
  @Name('required') name: string;
}

/** PATCH: what is absent stays; a present name must not be empty. */
export class ChangeSite extends SiteInput {
  @Id() id: number;
  @Name('filled') name?: string;
}
