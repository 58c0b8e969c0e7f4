export * from './sessions';
export * from './emails';
export * from './api-keys';
export * from './countries';
export * from './currencies';
export * from './members';
export * from './operators';
