export * from './charging';
export * from './facts';
export * from './feedback';
export * from './operators';
export * from './order-shapes';
export * from './orders';
