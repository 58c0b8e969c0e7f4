import { Exclude, Expose, Type } from 'class-transformer';
import type { Viewer } from '../shared/amounts';
import { type OrderWithCard, orderView } from '../shared/order';
import { type Listed, listedRow, type Whole, wholeView } from '../shared/power-center';

/** A row of a list, as class-transformer writes it: what is exposed, and nothing else. */
@Exclude()
export class RowDto {
  @Expose() id: number;
  @Expose() title: string;
  @Expose() identifier: string;
  @Expose() listed: boolean | number;
  @Expose() status: string;
  @Expose() earning: string;
  @Expose() rating: string;

  constructor(row: Listed, viewer: Viewer, asNumber: boolean) {
    Object.assign(this, listedRow(row, viewer, asNumber));
  }
}

export class WholeDto {
  constructor(row: Whole, viewer: Viewer, pictures: string) {
    Object.assign(this, wholeView(row, viewer, pictures));
  }
}

export class OrderDto {
  constructor(row: OrderWithCard, viewer: Viewer) {
    Object.assign(this, orderView(row, viewer));
  }
}

export class MetaDto {
  constructor(
    readonly per_page: number,
    readonly total: number,
  ) {}
}

export class RowPageDto {
  @Type(() => RowDto) data: RowDto[];
  @Type(() => MetaDto) meta: MetaDto;

  constructor(data: RowDto[], meta: MetaDto) {
    Object.assign(this, { data, meta });
  }
}

export class OrderPageDto {
  @Type(() => OrderDto) data: OrderDto[];
  @Type(() => MetaDto) meta: MetaDto;

  constructor(data: OrderDto[], meta: MetaDto) {
    Object.assign(this, { data, meta });
  }
}
