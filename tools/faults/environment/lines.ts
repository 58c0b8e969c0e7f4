import type { ServerAddresses } from '../../stack/servers/servers';
import type { ServerName } from '../../stack/servers/binaries';
import { FaultProxy } from '../proxy/fault-proxy';

const ADDRESS = { postgres: 'databaseAdminUrl', nats: 'natsUrl', redis: 'redisUrl' } as const;

/** The lines between the platform and its servers, each through a proxy. */
export class Lines {
  private constructor(
    readonly to: Readonly<Record<ServerName, FaultProxy>>,
    /** Addresses through the proxies. */
    readonly addresses: ServerAddresses,
  ) {}

  static async before(direct: ServerAddresses): Promise<Lines> {
    const lay = (name: ServerName): Promise<FaultProxy> =>
      FaultProxy.before(Number(new URL(direct[ADDRESS[name]]).port));
    const to = { postgres: await lay('postgres'), nats: await lay('nats'), redis: await lay('redis') };
    const through = (name: ServerName): string => {
      const url = new URL(direct[ADDRESS[name]]);
      url.port = String(to[name].port);
      return url.href.replace(/\/$/, '');
    };
    const addresses = { databaseAdminUrl: through('postgres'), natsUrl: through('nats'), redisUrl: through('redis') };
    return new Lines(to, addresses);
  }

  heal(): void {
    Object.values(this.to).forEach((proxy) => proxy.heal());
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.to).map((proxy) => proxy.close()));
  }
}
