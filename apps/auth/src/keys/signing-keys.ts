import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { keysChanged } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { AuthConfig } from '../config';
import { ImmediateFacts } from '../facts/immediate-facts';
import { readKeyFile } from './key-file';
import { type KeySet, keySet } from './key-set';
import { KeyTable } from './key-table';

const INTERVAL_MS = 60_000;

/**
 * The keys of tokens. They are read again every minute, so that they rotate without a restart: a new key is added
 * behind the current one, moved to the front when all have received it, and the old one is removed when its tokens have expired.
 */
@Injectable()
export class SigningKeys implements OnModuleInit, OnModuleDestroy {
  private keys?: KeySet;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly config: AuthConfig,
    private readonly table: KeyTable,
    private readonly domainEvents: ImmediateFacts,
    private readonly transactions: Transactions,
    private readonly log: Log,
  ) {}

  get current(): KeySet {
    if (!this.keys) throw new Error('There are no signing keys yet.');
    return this.keys;
  }

  /** @throws Error when there are none: a service that cannot sign must not start. */
  async onModuleInit(): Promise<void> {
    this.keys = await this.read();
    this.timer = setInterval(() => void this.reload(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Reads them now; keys that cannot be read leave those in force that were. */
  async reload(): Promise<void> {
    try {
      const keys = await this.read();
      const changed = kidsOf(keys) !== kidsOf(this.current);
      this.keys = keys;
      if (!changed) return;
      this.log.log('The signing keys have changed', { kids: keys.published.map(({ kid }) => kid) });
      await this.transactions.run(() => this.domainEvents.tell(keysChanged, 'all', {}));
    } catch (error) {
      this.log.error('The signing keys were not read again', { error });
    }
  }

  private async read(): Promise<KeySet> {
    const { signingKeysFile: file } = this.config;
    return keySet(file ? await readKeyFile(file) : await this.table.read());
  }
}

const kidsOf = ({ published }: KeySet): string => published.map(({ kid }) => kid).join(' ');
