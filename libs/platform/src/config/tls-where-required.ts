import { ValidateBy, type ValidationArguments } from 'class-validator';

type Mark = 'tls://' | 'rediss://' | 'sslmode=verify-full';

/** How an address says that its server must have a certificate, of an authority that is known and for this very name. */
const INSISTS: Record<Mark, (address: string) => boolean> = {
  'tls://': (address) => address.split(',').every((one) => one.startsWith('tls://')),
  'rediss://': (address) => address.startsWith('rediss://'),
  'sslmode=verify-full': (address) => new URLSearchParams(address.split('?')[1]).get('sslmode') === 'verify-full',
};

/** An address that insists on TLS where `REQUIRE_TLS` is set. */
export const TlsWhereRequired = (mark: Mark): PropertyDecorator =>
  ValidateBy({
    name: 'tlsWhereRequired',
    validator: {
      validate: (value: unknown, args?: ValidationArguments) =>
        !(args?.object as { requireTls: boolean }).requireTls || (typeof value === 'string' && INSISTS[mark](value)),
      defaultMessage: () => `$property must have ${mark} where REQUIRE_TLS is set`,
    },
  });
