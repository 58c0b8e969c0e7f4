import { ApiProperty } from '../core/documentation';
import { ListQuery } from '../core/list-query';
import { nothing, operations, page, read, stream, write } from '../core/operation';
import { Bool, Id } from '../fields';
import { ChargePointRow } from './charge-points';
import { ChangeSite, CreateSite, ReplaceSite } from './site-input';

const text = { type: String, nullable: true } as const;

export class SiteCountry {
  @ApiProperty({ example: 195 }) id: number;
  @ApiProperty({ example: 'Algeria' }) name: string;
}

/** Where a site is (reference L3716). */
export class SiteAddress {
  @ApiProperty({ example: 37 }) id: number;
  @ApiProperty({ example: '36.7538' }) latitude: string;
  @ApiProperty({ example: '3.0588' }) longitude: string;
  @ApiProperty() country: SiteCountry;
  @ApiProperty({ example: 'Algiers' }) state: string;
  @ApiProperty({ example: 'Algiers' }) city: string;
  @ApiProperty({ ...text, example: '16049' }) zipcode: string | null;
  @ApiProperty({ example: '1 Rue Didouche Mourad' }) address_line_1: string;
  @ApiProperty(text) address_line_2: string | null;
  @ApiProperty(text) address_line_3: string | null;
}

/** A place with power centers; a power center is in one site at most (reference L3700). */
export class Site {
  @ApiProperty({ example: 164 }) id: number;
  @ApiProperty({ type: Number, nullable: true, example: 58 }) categoryId: number | null;
  @ApiProperty({ example: 'Site 11' }) name: string;
  @ApiProperty({ example: true }) status: boolean;
  /** Its status is on and today, in the account's zone, is between its dates. */
  @ApiProperty({ example: true }) active: boolean;
  @ApiProperty({ ...text, format: 'date', example: '2025-05-12' }) startDate: string | null;
  @ApiProperty({ ...text, format: 'date', example: '2026-05-12' }) endDate: string | null;
  @ApiProperty({ ...text, example: 'CS-11' }) integrationCode: string | null;
  /** Ascending. */
  @ApiProperty({ type: [Number], example: [20, 21] }) chargePointIds: number[];
  @ApiProperty({ type: SiteAddress, nullable: true }) address: SiteAddress | null;
  /** Empty unless `power-centers` asks for them; newest first. */
  @ApiProperty({ type: [ChargePointRow] }) power_centers: ChargePointRow[];
}

const Members = () => Bool({ example: true, description: 'Whether to answer the power centers themselves as well.' });

export class SiteRef {
  @Id() id: number;
}

export class SiteQuery extends SiteRef {
  @Members() 'power-centers'?: boolean | null;
}

/** The search looks into names and integration codes. */
export class ListSites extends ListQuery {
  @Members() 'power-centers'?: boolean | null;
}

/** For other services, without an identity. */
export class SiteMembersQuery extends SiteRef {
  @Id() accountId: number;
}

export class SiteMembers {
  /** Power centers of the site, ascending. */
  @ApiProperty({ type: [Number], example: [20, 21] }) charge_point_ids: number[];
}

export const sites = operations('stations.sites', {
  /** One page, newest first. */
  table: read(ListSites, page(Site)),
  /** All, newest first. */
  all: stream(ListSites, Site),
  one: read(SiteQuery, Site),
  create: write(CreateSite, Site, { audit: 'sites.create' }),
  replace: write(ReplaceSite, Site, { audit: 'sites.update' }),
  change: write(ChangeSite, Site, { audit: 'sites.update' }),
  remove: write(SiteRef, nothing, { audit: 'sites.delete' }),
  /** What is in a site of an account; for services that keep something of sites. */
  members: read(SiteMembersQuery, SiteMembers),
});
