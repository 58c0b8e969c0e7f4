import { Column, type ColumnOptions } from 'typeorm';
import { USD_DECIMALS } from './money';

type Options = Omit<ColumnOptions, 'type' | 'precision' | 'scale'>;

/** A `numeric` column whose value is a decimal text: no binary floating point between the table and the answer. */
export const DecimalColumn = (precision: number, scale: number, options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: 'numeric', precision, scale });

/** An amount in USD as stored: `numeric(20,8)`. */
export const UsdColumn = (options: Options = {}): PropertyDecorator => DecimalColumn(20, USD_DECIMALS, options);
