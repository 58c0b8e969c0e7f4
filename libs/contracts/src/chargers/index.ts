export * from './chargers';
export * from './commands';
export * from './facts';
export * from './messages';
export * from './refused';
