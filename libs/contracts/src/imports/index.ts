export * from './import-rows';
export * from './import-shapes';
export * from './imports';
export * from './kinds';
