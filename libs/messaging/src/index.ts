export * from './fact-publisher';
export * from './inbox';
export * from './write-scope';
