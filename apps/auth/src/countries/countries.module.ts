import { Module } from '@nestjs/common';
import { CatalogueHandler } from './catalogue.handler';
import { CountriesHandler } from './countries.handler';
import { Countries } from './countries.repository';

@Module({ controllers: [CountriesHandler, CatalogueHandler], providers: [Countries], exports: [Countries] })
export class CountriesModule {}
