export * from './events';
export * from './feed';
