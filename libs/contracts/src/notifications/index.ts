export * from './delivering';
export * from './events';
export * from './facts';
export * from './feed';
export * from './webhooks';
