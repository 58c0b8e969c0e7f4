import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { GatewayConfig } from '../config';
import { Limits } from '../http/limits/limits';
import type { Form, UnreadBody } from './multipart';

/** Uploads of one account that a replica takes at once. */
const PER_ACCOUNT = 2;
const RETRY_AFTER_S = 2;
/** Bytes of a multipart body beside its file. */
const FIELDS_BYTES = 256 * 1024;

/** Bounds the uploads that a replica takes at once, all together and by account: a bulkhead. */
@Injectable()
export class UploadSlots {
  private readonly byAccount = new Map<number, number>();
  private taken = 0;

  constructor(
    private readonly config: GatewayConfig,
    private readonly limits: Limits,
  ) {}

  /**
   * Reads a multipart body whose file has at most `largest` bytes, which count for the account.
   * @throws Refusal `payload_too_large`, `too_many_requests`, `service_unavailable`
   */
  read<F extends { readonly size: number }>(
    { length }: UnreadBody,
    largest: number,
    accountId: number,
    read: () => Promise<Form<F>>,
  ): Promise<Form<F>> {
    const counted = length ?? largest;
    if (counted > largest + FIELDS_BYTES) throw new Refusal('payload_too_large');
    return this.within(accountId, async () => {
      await this.limits.uploaded(accountId, counted);
      const form = await read();
      if (length === undefined) this.limits.notUploaded(accountId, counted - (form.file?.size ?? 0));
      return form;
    });
  }

  /** @throws Refusal `service_unavailable`, or `too_many_requests` where it is the account that has enough of them */
  private async within<T>(accountId: number, work: () => Promise<T>): Promise<T> {
    const own = this.byAccount.get(accountId) ?? 0;
    if (own >= PER_ACCOUNT) throw new Refusal('too_many_requests', { retryAfter: RETRY_AFTER_S });
    if (this.taken >= this.config.uploadsAtOnce)
      throw new Refusal('service_unavailable', { retryAfter: RETRY_AFTER_S });
    this.add(accountId, 1);
    try {
      return await work();
    } finally {
      this.add(accountId, -1);
    }
  }

  private add(accountId: number, count: number): void {
    this.taken += count;
    const own = (this.byAccount.get(accountId) ?? 0) + count;
    if (own > 0) this.byAccount.set(accountId, own);
    else this.byAccount.delete(accountId);
  }
}
