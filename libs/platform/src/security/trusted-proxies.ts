import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Where a connection comes from. */
export interface Origin {
  readonly address: string;
  /** Whether the charger speaks TLS, here or with the load balancer. */
  readonly secure: boolean;
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

/** Addresses of `X-Forwarded-For` that are looked at, from the right: each costs time, and a client can send thousands. */
const MAX_HOPS = 16;

/** Some load balancers add the port. */
const PORT = /^(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;

/** The load balancers whose headers count. */
export class TrustedProxies {
  private readonly known = new BlockList();

  /** @throws Error for what is no address or network */
  constructor(list: string) {
    for (const entry of list.split(',').map((one) => one.trim())) {
      if (entry !== '') this.add(entry);
    }
  }

  originOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): Origin {
    const peer = plainAddress(socket.remoteAddress ?? '');
    if (!this.trusts(peer)) return { address: peer, secure: socket instanceof TLSSocket };
    const forwarded = String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .slice(-MAX_HOPS)
      .map((one) => plainAddress(one.trim().replace(PORT, '$1$2')));
    // From the right: what stands further left, also of what is no address, a client can have written itself.
    const client = forwarded.reverse().find((one) => !this.trusts(one));
    const secure = String(headers['x-forwarded-proto'] ?? '').toLowerCase();
    return {
      address: client !== undefined && isIP(client) > 0 ? client : peer,
      secure: /^(https|wss)$/.test(secure) || socket instanceof TLSSocket,
    };
  }

  /** Whether a connection comes from one of them; `hop`: how many others it passed since, as `trustProxy` of Fastify counts. */
  isTrusted(address: string | undefined, hop = 0): boolean {
    return hop < MAX_HOPS && this.trusts(plainAddress(address ?? ''));
  }

  private trusts(address: string): boolean {
    return isIP(address) > 0 && this.known.check(address, family(address));
  }

  private add(entry: string): void {
    const [address = '', bits] = entry.split('/');
    if (isIP(address) === 0) throw new Error(`TRUSTED_PROXIES: "${entry}" is no address.`);
    if (bits === undefined) this.known.addAddress(address, family(address));
    else this.known.addSubnet(address, Number(bits), family(address));
  }
}
