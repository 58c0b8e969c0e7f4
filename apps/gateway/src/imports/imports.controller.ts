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

  @Route('GET', '', { title: 'Get imports', calls: orderImports.list, can: 'token' })
  list(@Input() _: object, @From() caller: Caller) {
    return this.imports.list(caller);
  }

  @Route('GET', 'templates/:kind', {
    title: 'Get a template of a file to import',
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
    calls: orderImports.errors,
    can: 'token',
    refusals: [403, 404],
  })
  errors(@Input() input: ListImportErrors, @From() caller: Caller) {
    return this.imports.errors(input, caller);
  }

  @Route('DELETE', ':importId', {
    title: 'Cancel an import',
    calls: orderImports.cancel,
    can: 'token',
    refusals: [403, 404],
  })
  cancel(@Input() { importId }: ImportRef, @From() caller: Caller) {
    return this.imports.cancel(importId, caller);
  }
}
