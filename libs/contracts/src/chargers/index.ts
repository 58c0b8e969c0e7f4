export * from './chargers';
export * from './messages';
