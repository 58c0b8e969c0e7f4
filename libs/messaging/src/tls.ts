import { checkServerIdentity, type ConnectionOptions as TlsConnection, type PeerCertificate } from 'node:tls';
import type { TlsOptions } from '@nats-io/transport-node';

/** An address with tls:// insists on it; whom Node trusts is its own setting (NODE_EXTRA_CA_CERTS). */
export const tlsOf = (url: string): TlsOptions | undefined => (url.startsWith('tls://') ? identity(url) : undefined);

/**
 * The certificate must be for one of the hosts that are configured: the client itself takes one for `localhost` where the
 * address is an IP address.
 */
function identity(url: string): TlsOptions {
  const hosts = url.split(',').map((one) => new URL(one).hostname.replace(/^\[|\]$/g, ''));
  const options: TlsOptions & Pick<TlsConnection, 'checkServerIdentity'> = {
    checkServerIdentity: (_host: string, certificate: PeerCertificate) => {
      const problems = hosts.map((host) => checkServerIdentity(host, certificate));
      return problems.includes(undefined) ? undefined : problems[0];
    },
  };
  return options;
}
