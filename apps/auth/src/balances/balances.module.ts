import { Module } from '@nestjs/common';
import { AccountBalances } from './account-balances';

@Module({ providers: [AccountBalances] })
export class BalancesModule {}
