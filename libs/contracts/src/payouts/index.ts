export * from './balance';
export * from './facts';
export * from './methods';
export * from './operators';
export * from './payouts';
export * from './stripe';
