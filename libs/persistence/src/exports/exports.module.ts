import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { EXPORTS, type ExportKind } from '@open-cpo/contracts';
import { ExportGauges } from './export-gauges';
import { exportHandlers } from './export-handler';
import { ExportRequests } from './export-requests';
import type { AnySource } from './export-source';
import { LostExports } from './lost-exports';

/** The kinds that a service exports, each with the class that knows its rows. */
export type ExportSources = Partial<Record<ExportKind, Type<AnySource>>>;

/**
 * Answers for the exports of a service, which adds `ExportsTable1700000002000` to its migrations, the kinds' operations
 * to those it serves, and `JobsModule` to its imports.
 */
@Module({})
export class ExportsModule {
  static forRoot(sources: ExportSources): DynamicModule {
    const entries = Object.entries(sources) as [ExportKind, Type<AnySource>][];
    return {
      module: ExportsModule,
      controllers: entries.flatMap(([kind, source]) => exportHandlers(kind, EXPORTS[kind], source)),
      providers: [ExportGauges, ExportRequests, LostExports, ...entries.map(([, source]) => source)],
      exports: [ExportRequests],
    };
  }
}
