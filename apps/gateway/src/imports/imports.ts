import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  accept,
  type Caller,
  IMPORT_KINDS,
  importKindOf,
  type ImportOperations,
  IMPORTS,
  type ImportError,
  ImportFile,
  type ImportJob,
  type ImportKind,
  importPermission,
  LARGEST_IMPORT,
  isUnavailable,
  type ListImportErrors,
  may,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { FileStore, type StoredFile } from '@open-cpo/files';
import { Bus } from '@open-cpo/messaging';
import { arabicFields } from '../http/answers/arabic';
import { accepted, Answered } from '../http/answers/success';
import type { RequestContext } from '../http/route';
import { type Form, readForm, UNREAD, type UnreadBody } from '../payouts/multipart';
import { UploadSlots } from '../payouts/upload-slots';

/** Milliseconds for what is left to do once a file has arrived, however long it took to. */
const TIMEOUT_MS = 8000;
const MOST_SHOWN = 50;

/** A stored file; `isKept`: an earlier request has stored it, whose import may use it. */
type ImportedFile = StoredFile & { readonly isKept?: true };

/** Files that owners bring along from elsewhere. */
@Injectable()
export class Imports {
  constructor(
    private readonly bus: Bus,
    private readonly files: FileStore,
    private readonly slots: UploadSlots,
  ) {}

  /**
   * Stores the file and asks for its import. Nobody who may import nothing has a byte of it read, and who asks is judged
   * once more after it: a file may take minutes, and rights end.
   * @throws Refusal `forbidden`, `payload_too_large`, `malformed_request`, `validation_failed`, `too_many_requests`
   */
  async start(given: object, by: Caller, context: RequestContext): Promise<Answered> {
    if (allowed(by).length === 0) throw new Refusal('forbidden');
    const { [UNREAD]: unread, ...plain } = given as Record<string | symbol, unknown>;
    const form: Form<ImportedFile> = unread ? await this.taken(unread as UnreadBody, by) : { fields: {} };
    const { file } = form;
    try {
      const { input, errors } = accept(ImportFile, { ...plain, ...form.fields, file });
      errors.throwIfAny();
      const now = unread ? await context.readmit() : by;
      const { start } = permit(input.kind, now);
      if (!file) throw new Refusal('malformed_request');
      const { name: object, size, digest } = file;
      const caller = { ...now, deadline: Date.now() + TIMEOUT_MS };
      const job = await this.bus.call(start, { object, size, digest, dry_run: input.dry_run }, caller);
      return new Answered(job, accepted({ location: `/api/imports/${job.id}` }));
    } catch (error) {
      if (file && !file.isKept && isSure(error)) await this.files.remove(file.name).catch(() => undefined);
      throw error;
    }
  }

  /** Of the kinds that the caller may import, newest first. */
  async list(caller: Caller): Promise<ImportJob[]> {
    const all = await Promise.all(allowed(caller).map((kind) => this.bus.call(IMPORTS[kind].list, {}, caller)));
    return all
      .flat()
      .sort((a, b) => b.created_at.localeCompare(a.created_at))
      .slice(0, MOST_SHOWN);
  }

  one(importId: string, caller: Caller): Promise<ImportJob> {
    return this.bus.call(operationsOf(importId, caller).one, { importId }, caller);
  }

  /** In the language of the request. */
  async errors(input: ListImportErrors, caller: Caller): Promise<ImportError[]> {
    const found = await this.bus.call(operationsOf(input.importId, caller).errors, input, caller);
    if (caller.language !== 'ar') return found;
    return found.map(({ line, errors }) => ({ line, errors: arabicFields(errors) }));
  }

  async cancel(importId: string, caller: Caller): Promise<void> {
    await this.bus.call(operationsOf(importId, caller).cancel, { importId }, caller);
  }

  private taken(body: UnreadBody, caller: Caller): Promise<Form<ImportedFile>> {
    const { accountId, userId } = ownerOf(caller);
    const { idempotencyKey } = caller;
    return this.slots.read(body, LARGEST_IMPORT, accountId, () =>
      readForm(body, 'file', LARGEST_IMPORT, (bytes, { kind }) =>
        this.stored(nameFor([accountId, userId, kind, idempotencyKey]), bytes),
      ),
    );
  }

  /**
   * Stores a file once: one that a repeated request names is in use by the import of the first one.
   * @throws Refusal `idempotency_mismatch` when the content differs
   */
  private async stored(name: string, bytes: AsyncIterable<Uint8Array>): Promise<ImportedFile> {
    const before = await this.files.open(name).catch(noFile);
    if (!before) return this.files.write(name, bytes);
    const hash = createHash('sha256');
    for await (const some of bytes) hash.update(some);
    if (hash.digest('hex') !== before.digest) throw new Refusal('idempotency_mismatch');
    return { name, size: before.size, digest: before.digest, isKept: true };
  }
}

function noFile(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
}

/** A repeated request is the same request: its file has the same name. The last part is its idempotency key. */
function nameFor(request: readonly (string | number | undefined)[]): string {
  if (request.at(-1) === undefined) return `import-${randomUUID()}`;
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  return `import-${hash.slice(0, 36)}`;
}

/** After others it may have been asked for all the same, now or by the request that this one repeats. */
const isSure = (error: unknown): boolean =>
  error instanceof Refusal && !isUnavailable(error) && !error.code.startsWith('idempotency_');

const allowed = (caller: Caller): ImportKind[] =>
  IMPORT_KINDS.filter((kind) => may(ownerOf(caller).role, importPermission(kind)));

/** The operations of a kind's owner. @throws Refusal `forbidden` */
function permit(kind: ImportKind, caller: Caller): ImportOperations {
  if (!allowed(caller).includes(kind)) throw new Refusal('forbidden');
  return IMPORTS[kind];
}

/** The operations of the owner whom an import's id names. @throws Refusal `not_found`, `forbidden` */
function operationsOf(importId: string, caller: Caller): ImportOperations {
  const kind = importKindOf(importId);
  if (!kind) throw new Refusal('not_found');
  return permit(kind, caller);
}
