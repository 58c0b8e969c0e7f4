export * from './cards';
export * from './operators';
export * from './workers';
