import type { Provider, Type } from '@nestjs/common';
import { IMPORTS, type ImportKind } from '@open-cpo/contracts';
import { importHandlers } from './import-handler';
import { ImportRequests } from './import-requests';
import type { AnyImporter } from './importer';
import { LostImports } from './lost-imports';
import { RowImports } from './row-imports';

/** The kinds that a service imports, each with the class that writes its rows. */
export type Importers = Partial<Record<ImportKind, Type<AnyImporter>>>;

/**
 * What answers for the imports of a service, beside what its importers need. The service adds `ImportsTables1796000000000`
 * to its migrations, the kinds' operations to those it serves, and `JobsModule` to its imports.
 */
export function importParts(importers: Importers): { controllers: Type[]; providers: Provider[] } {
  const entries = Object.entries(importers) as [ImportKind, Type<AnyImporter>][];
  return {
    controllers: entries.flatMap(([kind, importer]) => importHandlers(kind, IMPORTS[kind], importer)),
    providers: [ImportRequests, LostImports, RowImports, ...entries.map(([, importer]) => importer)],
  };
}
