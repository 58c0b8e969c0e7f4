import { Module } from '@nestjs/common';
import { CountriesHandler } from './countries.handler';
import { Countries } from './countries.repository';

@Module({ controllers: [CountriesHandler], providers: [Countries], exports: [Countries] })
export class CountriesModule {}
