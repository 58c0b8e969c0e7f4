/** What an identity document may be. */
export type DocumentType = 'application/pdf' | 'image/png' | 'image/jpeg';

export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  bytes.length > start.length && start.every((byte, at) => bytes[at] === byte);

const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

/** What a document is by its own first bytes, whatever its name or type claim; nothing for anything else. */
export function typeOf(bytes: Uint8Array): DocumentType | undefined {
  if (startsWith(bytes, PDF)) return 'application/pdf';
  if (startsWith(bytes, PNG)) return 'image/png';
  return startsWith(bytes, JPEG) ? 'image/jpeg' : undefined;
}
