import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';

const KEEP = `
  insert into devices (user_id, imei, push_token) values ($1, $2, $3)
  on conflict (user_id, imei) do update set push_token = coalesce(excluded.push_token, devices.push_token), seen_at = now()`;
const FORGET = 'delete from devices where user_id = $1 and imei = $2';

/** The devices that users are logged in on. */
@Injectable()
export class Devices {
  constructor(private readonly transactions: Transactions) {}

  async keep(userId: number, imei: string, pushToken: string | null): Promise<void> {
    await this.transactions.query(KEEP, [userId, imei, pushToken], 'devices.keep');
  }

  async forget(userId: number, imei: string): Promise<void> {
    await this.transactions.query(FORGET, [userId, imei], 'devices.forget');
  }
}
