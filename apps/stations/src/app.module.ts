import { type DynamicModule, Module } from '@nestjs/common';
import { categories } from '@open-cpo/contracts';
import { MessagingModule } from '@open-cpo/messaging';
import { PersistenceModule } from '@open-cpo/persistence';
import { CategoriesHandler } from './categories/categories.handler';
import { CategoriesRepository } from './categories/categories.repository';
import type { StationsConfig } from './config';
import { database } from './data-source';

/** The stations service: what an owner's network consists of. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool }: StationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'stations', serves: [categories] }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
      ],
      controllers: [CategoriesHandler],
      providers: [CategoriesRepository],
    };
  }
}
