export * from './delivering';
export * from './events';
export * from './feed';
export * from './webhooks';
