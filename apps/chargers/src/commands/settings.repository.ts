import { Injectable } from '@nestjs/common';
import type { ChargerSetting } from '@open-cpo/contracts';
import type { CommandAnswer, ConfigurationKey } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { isSecretKey, withoutCredentials } from '../messages/redaction';
import * as sql from './setting.queries';

/** What a charger reports of its settings. */
export interface SettingsReport {
  /** Id of the command that asked for it. */
  readonly request: number;
  readonly settings: readonly ConfigurationKey[];
  /** Whether no part follows. */
  readonly last: boolean;
}

const MAX_ID = 2_147_483_647;

/** Settings of chargers as they last told them. */
@Injectable()
export class SettingsRepository {
  constructor(private readonly transactions: Transactions) {}

  all(chargerId: number): Promise<ChargerSetting[]> {
    return this.transactions.query<ChargerSetting>(sql.SETTINGS, [chargerId]);
  }

  /** Those that a command has read, or the one that was asked for. */
  async answered(chargerId: number, asked: string | undefined, answer: CommandAnswer): Promise<void> {
    const told = toldOf(answer, asked);
    if (answer.complete) {
      await this.transactions.query(sql.FORGET_SETTINGS, [chargerId, told.map(({ key }) => key)]);
    }
    await this.keep(chargerId, told);
  }

  /** One that the charger has accepted; nothing for one that it has not reported before. */
  async changed(chargerId: number, key: string, value: string): Promise<void> {
    await this.transactions.query(sql.CHANGE_SETTING, [chargerId, key, withoutCredentials(value)]);
  }

  /** A part of the settings that a command asked for; in a transaction. Those of no such command are left out. */
  async reported(
    { id, accountId }: { readonly id: number; readonly accountId: number },
    { request, settings, last }: SettingsReport,
  ): Promise<void> {
    if (request < 1 || request > MAX_ID) return;
    const asked = await this.transactions.first<{ sent_at: Date }>(sql.REPORTED, [request, accountId, id]);
    if (!asked) return;
    await this.keep(id, settings);
    if (last) await this.transactions.query(sql.FORGET_OLDER, [id, asked.sent_at]);
  }

  private async keep(chargerId: number, told: readonly ConfigurationKey[]): Promise<void> {
    const byKey = new Map(told.map((one) => [one.key, one]));
    const rows = [...byKey.values()].map(({ key, value, readonly }) => {
      const secret = isSecretKey(key);
      return { key, value: secret || value === undefined ? null : withoutCredentials(value), readonly, secret };
    });
    await this.transactions.query(sql.KEEP_SETTINGS, [chargerId, JSON.stringify(rows)]);
    await this.transactions.query(sql.SETTINGS_BEYOND_LIMIT, [chargerId]);
  }
}

/** Of one that was asked for, that alone: a charger may tell others, too. */
function toldOf({ configuration = [] }: CommandAnswer, asked: string | undefined): readonly ConfigurationKey[] {
  if (asked === undefined) return configuration;
  const isAsked = ({ key }: ConfigurationKey): boolean => key.toLowerCase() === asked.toLowerCase();
  const found = configuration.find(({ key }) => key === asked) ?? configuration.find(isAsked);
  return found ? [found] : [];
}
