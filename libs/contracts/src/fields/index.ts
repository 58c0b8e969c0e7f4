export * from './nested';
export * from './scalars';
