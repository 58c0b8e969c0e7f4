export * from './export-shapes';
export * from './exports';
export * from './kinds';
