import { Injectable } from '@nestjs/common';
import { type Caller, ownerOf, PAYOUT_METHOD_NAMES, Refusal } from '@open-cpo/contracts';
import { Uploads } from '@open-cpo/files';
import type { RequestContext } from '../http/route';
import { LARGEST_FILE, readForm, UNREAD, type UnreadBody } from './multipart';
import { UploadSlots } from './upload-slots';

/** Milliseconds for what is left to do once a file has arrived, however long it took to. */
const TIMEOUT_MS = 8000;

type Bag = Readonly<Record<string | symbol, unknown>>;

/** An input whose file lies in the object store, and the caller with time to wait for what becomes of it. */
export interface Taken<T> {
  readonly input: T;
  readonly caller: Caller;
}

/** Takes what was sent as JSON, as a form, or as a multipart form whose part `id` may be a file. */
@Injectable()
export class UploadForms {
  constructor(
    private readonly uploads: Uploads,
    private readonly slots: UploadSlots,
  ) {}

  /**
   * The gateway alone chooses where a file is stored. All that can be checked without the file is checked before it is read,
   * and who asks also after it: a file may take minutes, and rights end.
   * @throws Refusal `malformed_request`, `payload_too_large`, `not_found` for a method that there is none of,
   * `too_many_requests` where the account has used up its share, `service_unavailable`
   */
  async take<T extends object>(given: T, caller: Caller, context: RequestContext): Promise<Taken<T>> {
    const { [UNREAD]: unread, document: _, ...plain } = given as Bag;
    if (unread === undefined) return { input: plain as T, caller };
    const { accountId } = ownerOf(caller);
    const body = unread as UnreadBody;
    if (!(PAYOUT_METHOD_NAMES as readonly unknown[]).includes(plain.payoutMethod_name)) throw new Refusal('not_found');
    const { fields, file } = await this.slots.read(body, LARGEST_FILE, accountId, () =>
      this.read(body, accountId, caller),
    );
    const { document: __, ...texts } = fields;
    // What the path says is not for the form to say otherwise.
    const input = { ...texts, ...plain, ...(file ? { document: file } : {}) } as T;
    return { input, caller: { ...(await context.readmit()), deadline: Date.now() + TIMEOUT_MS } };
  }

  private read(body: UnreadBody, accountId: number, { idempotencyKey }: Caller) {
    const uploader = { owner: `account ${accountId}`, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
    return readForm(body, 'id', LARGEST_FILE, (bytes) => this.uploads.keep(bytes, uploader));
  }
}
