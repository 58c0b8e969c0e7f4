import { ValidateBy, type ValidationArguments } from 'class-validator';
import type { LogConfig } from './process-config';

/** What production refuses unless `ALLOW_INSECURE` names it. */
export const INSECURITIES = ['limits', 'cors', 'http'] as const;
export type Insecurity = (typeof INSECURITIES)[number];

const PROBLEMS: Record<Insecurity, string> = {
  limits: '$property must not be "off" in production',
  cors: '$property must list origins in production, and not be "*"',
  http: '$property must be set to an https address in production',
};

const IS_SECURE: Record<Insecurity, (value: unknown) => boolean> = {
  limits: (value) => value !== 'off',
  cors: (value) => typeof value === 'string' && !value.split(',').some((origin) => origin.trim() === '*'),
  http: (value) => typeof value === 'string' && /^https:\/\//i.test(value),
};

/** A value that production takes only where `ALLOW_INSECURE` allows what is insecure of it. */
export const SecureInProduction = (what: Insecurity): PropertyDecorator =>
  ValidateBy({
    name: 'secureInProduction',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        isAllowed(what, args?.object as LogConfig) || IS_SECURE[what](value),
      defaultMessage: () => `${PROBLEMS[what]}, or ALLOW_INSECURE must name "${what}"`,
    },
  });

/** Whether the process may do what is insecure. */
export const isAllowed = (what: Insecurity, { production, allowInsecure }: LogConfig): boolean =>
  !production || allowInsecure.includes(what);
