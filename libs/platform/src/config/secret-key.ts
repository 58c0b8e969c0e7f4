import { ValidateBy, type ValidationArguments } from 'class-validator';
import type { ProcessConfig } from './process-config';

/** 32 random bytes in base64. `known`: the default of development, which everybody knows and production refuses. */
export const SecretKey = (known: string): PropertyDecorator =>
  ValidateBy({
    name: 'secretKey',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        typeof value === 'string' &&
        Buffer.from(value, 'base64').length === 32 &&
        !((args?.object as ProcessConfig).production && value === known),
      defaultMessage: () => '$property must be 32 random bytes in base64 (openssl rand -base64 32)',
    },
  });
