import { Injectable } from '@nestjs/common';
import { type FieldErrors, Refusal, type UploadedFile } from '@open-cpo/contracts';
import { Uploads } from '@open-cpo/files';
import { Secrets } from '../secrets/secrets';
import { type DocumentType, LARGEST_DOCUMENT, typeOf } from './document.rules';

/** An identity document as it is stored: encrypted, and in no response. */
export interface KeptDocument {
  readonly document: Buffer;
  readonly document_type: DocumentType;
}

const isFile = (file: unknown): file is UploadedFile => {
  const { object, key, size } = file as Partial<Record<keyof UploadedFile, unknown>>;
  return (
    typeof object === 'string' && /^[0-9a-f]{64}$/.test(object) && typeof key === 'string' && typeof size === 'number'
  );
};

/** Takes identity documents out of the object store and seals them. */
@Injectable()
export class Documents {
  constructor(
    private readonly uploads: Uploads,
    private readonly secrets: Secrets,
  ) {}

  /** Nothing where none was sent, or none that is a document: the error is added. */
  async read(
    file: UploadedFile | null | undefined,
    accountId: number,
    errors: FieldErrors,
  ): Promise<KeptDocument | undefined> {
    if (!file) return undefined;
    if (!isFile(file)) throw new Refusal('malformed_request', { cause: 'not a reference to a file' });
    if (file.size > LARGEST_DOCUMENT) throw new Refusal('payload_too_large');
    const bytes = await this.uploads.fetch(file);
    const type = typeOf(bytes);
    if (!type) {
      errors.add('id', 'The id field must be a file of type: pdf, png, jpg.');
      return undefined;
    }
    return { document: this.secrets.seal('documents', accountId, bytes), document_type: type };
  }
}
