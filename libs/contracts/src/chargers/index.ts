export * from './chargers';
export * from './commands';
export * from './messages';
