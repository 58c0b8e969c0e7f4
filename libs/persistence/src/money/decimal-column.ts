import { Column, type ColumnOptions } from 'typeorm';
import { USD_DECIMALS } from './money';

type Options = Omit<ColumnOptions, 'type' | 'precision' | 'scale'>;

/** A `numeric` column whose value is a decimal text: no binary floating point between the table and the answer. */
export const DecimalColumn = (precision: number, scale: number, options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: 'numeric', precision, scale });

/** Digits of a stored amount: the highest price times the longest session, and sums of many of them. */
const USD_DIGITS = 28;

/** An amount in USD as stored: `numeric(28,8)`. */
export const UsdColumn = (options: Options = {}): PropertyDecorator => DecimalColumn(USD_DIGITS, USD_DECIMALS, options);
