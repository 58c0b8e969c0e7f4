import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { TrustedProxies } from '@open-cpo/platform';
import type { ChargersConfig } from '../config';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const RFC_9440 = /^:([A-Za-z0-9+/]+={0,2}):$/;
/** Characters of a header that are read. */
const MAX_HEADER = 8000;
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * Client certificates of chargers: their common name is the identity. In the process TLS has verified them. One that a load
 * balancer passes on, which has shown that the charger has its key, is verified here again.
 */
export class ClientCertificates {
  private readonly authorities: readonly X509Certificate[];

  /** @throws Error for authorities that are no certificates */
  constructor(
    private readonly config: Pick<ChargersConfig, 'chargersClientCa' | 'chargersClientCertHeader'>,
    private readonly proxies: TrustedProxies,
  ) {
    const given = config.chargersClientCa;
    const found = given?.match(PEM) ?? [];
    if (given !== undefined && found.length === 0) throw new Error('CHARGERS_CLIENT_CA has no certificate.');
    this.authorities = found.map((pem) => new X509Certificate(pem));
  }

  /** The common name of the certificate with which a request came; nothing where it has none that is right. */
  nameOf({ socket, headers }: IncomingMessage): string | undefined {
    if (this.authorities.length === 0) return undefined;
    // A load balancer that does not end TLS passes on what a charger writes in the header, too.
    if (socket instanceof TLSSocket) {
      return socket.authorized ? commonName(socket.getPeerX509Certificate()) : undefined;
    }
    return this.proxies.isTrusted(socket.remoteAddress) ? this.passedOn(headers) : undefined;
  }

  private passedOn(headers: IncomingMessage['headers']): string | undefined {
    const name = this.config.chargersClientCertHeader?.toLowerCase();
    const given = name === undefined ? undefined : headers[name];
    if (typeof given !== 'string' || given.length > MAX_HEADER) return undefined;
    const certificate = certificateIn(given);
    return certificate && this.isRight(certificate) ? commonName(certificate) : undefined;
  }

  private isRight(certificate: X509Certificate): boolean {
    const [now, uses] = [Date.now(), certificate.keyUsage as readonly string[] | undefined];
    const isForClients = uses === undefined || uses.includes(CLIENT_AUTH);
    const lasts = certificate.validFromDate.getTime() <= now && now < certificate.validToDate.getTime();
    if (certificate.ca || !isForClients || !lasts) return false;
    return this.authorities.some((one) => certificate.checkIssued(one) && certificate.verify(one.publicKey));
  }
}

function certificateIn(header: string): X509Certificate | undefined {
  try {
    const base64 = RFC_9440.exec(header)?.[1];
    return new X509Certificate(base64 === undefined ? decodeURIComponent(header) : Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

/** Nothing where it has none, or several. */
function commonName(certificate: X509Certificate | undefined): string | undefined {
  const name: unknown = certificate?.toLegacyObject().subject.CN;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
