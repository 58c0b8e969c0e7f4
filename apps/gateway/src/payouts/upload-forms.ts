import { Injectable } from '@nestjs/common';
import { type Caller, ownerOf } from '@open-cpo/contracts';
import { Uploads } from '@open-cpo/messaging';
import { readForm, UNREAD, type UnreadBody } from './multipart';

/** Milliseconds for what is left to do once a file has arrived, however long it took to. */
const PATIENCE = 8000;

type Bag = Readonly<Record<string | symbol, unknown>>;

/** An input whose file lies in the object store, and the caller with time to wait for what becomes of it. */
export interface Taken<T> {
  readonly input: T;
  readonly caller: Caller;
}

/** Takes what was sent as JSON, as a form, or as a multipart form whose part `id` may be a file. */
@Injectable()
export class UploadForms {
  constructor(private readonly uploads: Uploads) {}

  /** Where a file lies is said by nobody but us. @throws Refusal `malformed_request`, `payload_too_large` */
  async take<T extends object>(given: T, caller: Caller): Promise<Taken<T>> {
    const { [UNREAD]: unread, document: _, ...plain } = given as Bag;
    if (unread === undefined) return { input: plain as T, caller };
    const { fields, file } = await readForm(unread as UnreadBody, 'id');
    const { document: __, ...texts } = fields;
    const owner = `account ${ownerOf(caller).accountId}`;
    const document = file ? { document: await this.uploads.keep(file, owner) } : {};
    // What the path says is not for the form to say otherwise.
    return { input: { ...texts, ...plain, ...document } as T, caller: { ...caller, deadline: Date.now() + PATIENCE } };
  }
}
