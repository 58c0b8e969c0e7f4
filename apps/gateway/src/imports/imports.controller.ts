import { Controller } from '@nestjs/common';
import {
  type Caller,
  IMPORT_KINDS,
  ImportFile,
  ImportJob,
  type ImportRef,
  ImportTemplate,
  type ListImportErrors,
  orderImports,
  Refusal,
} from '@open-cpo/contracts';
import { accepted, FILE } from '../http/answers/success';
import { From, Input, RequestContext, Route } from '../http/route';
import { Imports } from './imports';
import { Template } from './template';

/** What owners bring along from elsewhere. Which permission a kind needs, `Imports` knows. */
@Controller('api/imports')
export class ImportsController {
  constructor(private readonly imports: Imports) {}

  @Route('POST', '', {
    title: 'Import a file',
    description:
      'Takes a file of power centers, workers or orders (CSV or Excel) and answers 202: its rows are imported in the background. With `dry_run` they are only checked.',
    calls: orderImports.start,
    asks: ImportFile,
    multipart: true,
    can: 'token',
    envelope: accepted({}),
    refusals: [403, 413, 422, 429],
  })
  start(@Input() input: ImportFile, @From() caller: Caller, @RequestContext() context: RequestContext) {
    return this.imports.start(input, caller, context);
  }

  @Route('GET', '', {
    title: 'Get imports',
    description: 'Lists the latest 50 imports of the account, of the kinds that the caller may import.',
    calls: orderImports.list,
    can: 'token',
  })
  list(@Input() _: object, @From() caller: Caller) {
    return this.imports.list(caller);
  }

  @Route('GET', 'templates/:kind', {
    title: 'Get a template of a file to import',
    description: 'Answers an empty file with the columns of a kind of import.',
    calls: orderImports.list,
    asks: ImportTemplate,
    can: 'token',
    envelope: FILE,
    files: ['csv'],
    refusals: [404],
  })
  template(@Input() { kind }: ImportTemplate) {
    if (!IMPORT_KINDS.includes(kind)) throw new Refusal('not_found');
    return new Template(kind);
  }

  @Route('GET', ':importId', {
    title: 'Get an import',
    description:
      'Answers the state and progress of an import: how many rows were read, created, unchanged and refused.',
    calls: orderImports.one,
    can: 'token',
    shows: ImportJob,
    refusals: [403, 404],
  })
  one(@Input() { importId }: ImportRef, @From() caller: Caller) {
    return this.imports.one(importId, caller);
  }

  @Route('GET', ':importId/errors', {
    title: "Get an import's errors",
    description: 'Lists up to 500 rows that an import has refused, by line; the next ones come with `after`.',
    calls: orderImports.errors,
    can: 'token',
    refusals: [403, 404],
  })
  errors(@Input() input: ListImportErrors, @From() caller: Caller) {
    return this.imports.errors(input, caller);
  }

  @Route('DELETE', ':importId', {
    title: 'Cancel an import',
    description: 'Cancels an import that is not finished. Rows that were imported stay.',
    calls: orderImports.cancel,
    can: 'token',
    refusals: [403, 404],
  })
  cancel(@Input() { importId }: ImportRef, @From() caller: Caller) {
    return this.imports.cancel(importId, caller);
  }
}
