export * from './sessions';
export * from './emails';
