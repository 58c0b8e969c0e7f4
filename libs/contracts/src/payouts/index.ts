export * from './balance';
export * from './methods';
export * from './operators';
export * from './payouts';
export * from './stripe';
