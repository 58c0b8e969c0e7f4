export * from './accounts';
export * from './balance';
export * from './facts';
export * from './methods';
export * from './operators';
export * from './payouts';
export * from './stripe';
export * from './stops';
