import { type components, unwrap } from '@open-cpo/client';
import { client } from './client';
import type { Header } from './header';

export type ImportJob = components['schemas']['ImportJob'];
export type ImportError = components['schemas']['ImportError'];
export const IMPORT_KINDS = ['power-centers', 'workers', 'orders'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const isRunning = ({ status }: ImportJob): boolean => status === 'waiting' || status === 'running';

export const readImports = async (): Promise<ImportJob[]> => (await unwrap(client.GET('/api/imports'))).results;

export interface ImportRequest {
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  readonly file: File;
}

export function startImport({ kind, dryRun, file }: ImportRequest, header: Header) {
  const form = new FormData();
  form.append('kind', kind);
  form.append('dry_run', String(dryRun));
  form.append('file', file);
  const body = form as never;
  return unwrap(client.POST('/api/imports', { body, bodySerializer: () => form, params: { header } }));
}

/** A file with the header and a row of examples, as text. */
export async function importTemplate(kind: ImportKind): Promise<string> {
  const params = { path: { kind: kind as never } };
  return unwrap(client.GET('/api/imports/templates/{kind}', { params, parseAs: 'text' }));
}

/** Up to 500 errors of rows after a line. */
export async function readImportErrors(importId: string, after: number): Promise<ImportError[]> {
  const params = { path: { importId }, query: { after } };
  return (await unwrap(client.GET('/api/imports/{importId}/errors', { params }))).results;
}
