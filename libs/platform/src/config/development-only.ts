import { ValidateBy, type ValidationArguments } from 'class-validator';
import type { ProcessConfig } from './process-config';

/** A switch that opens something which production keeps shut. */
export const DevelopmentOnly = (): PropertyDecorator =>
  ValidateBy({
    name: 'developmentOnly',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        value === false || (value === true && !(args?.object as ProcessConfig).production),
      defaultMessage: () => '$property must not be set in production',
    },
  });
